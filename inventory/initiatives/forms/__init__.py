from inventory.initiatives.forms.answers import AnswersForm, Block
from inventory.initiatives.forms.editions import EditionForm
from inventory.initiatives.forms.evidence import EvidenceForm
from inventory.initiatives.forms.filters import InventoryFilterForm
from inventory.initiatives.forms.review import EnquiryForm, ReplyForm, ReviewForm, SectorForm

__all__ = [
    "AnswersForm",
    "Block",
    "EditionForm",
    "EnquiryForm",
    "EvidenceForm",
    "InventoryFilterForm",
    "ReplyForm",
    "ReviewForm",
    "SectorForm",
]
