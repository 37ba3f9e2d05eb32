from programmes.cohorts.forms.cohorts import CohortForm, CohortStartForm, DatesForm, DeadlineForm
from programmes.cohorts.forms.filters import DirectoryFilter, HomeFilter
from programmes.cohorts.forms.letters import LetterForm
from programmes.cohorts.forms.letters_by_language import LettersForm, LetterSlot
from programmes.cohorts.forms.matching import MatchingForm
from programmes.cohorts.forms.programmes import ProgrammeForm

__all__ = [
    "CohortForm",
    "CohortStartForm",
    "DatesForm",
    "DeadlineForm",
    "DirectoryFilter",
    "HomeFilter",
    "LetterForm",
    "LetterSlot",
    "LettersForm",
    "MatchingForm",
    "ProgrammeForm",
]
