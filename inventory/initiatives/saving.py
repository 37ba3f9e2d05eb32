"""What a page says after it saved answers."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from inventory.initiatives.forms import AnswersForm
from inventory.initiatives.merging import Merge
from inventory.initiatives.models import Record
from programmes.audit.changes import tell_change_of


def say_saved(request: HttpRequest, form: AnswersForm, merge: Merge, record: Record | None) -> bool:
    """False: somebody else wrote the same answers meanwhile; the form says so, and keeps what she wrote."""
    if merge.conflicting:
        form.show_conflicts(merge, (tell_change_of(record) if record else "") or _("Somebody"))
        return False
    messages.info(request, _("Saved.") if merge.changed else _("Nothing was different."))
    return True


def say_returned(is_told: bool) -> str:
    if is_told:
        return _("Returned with your question. The organisation gets it by e-mail.")
    return _("Returned with your question. Nobody there can be reached by e-mail: call them, or find an address.")
