"""Keys and addresses of the analysis: `{% load analysis %}`."""

from urllib.parse import urlencode

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from inventory.analysis.forms import TableForm
from inventory.analysis.queries import Source
from inventory.analysis.rooms import Room
from wimmentor.base.templatetags.wim import chart_key

register = template.Library()


@register.simple_tag
def told_key() -> SafeString:
    return chart_key([("f7", _("told")), ("untold", _("not told"))])


@register.simple_tag
def interval_key() -> SafeString:
    return chart_key([("f4", _("interval")), ("f1", _("difference")), ("f7", _("zero: no difference"))])


@register.simple_tag
def file_url(room: Room, source: Source, name: str) -> str:
    return f"{room.file_url(name)}?{urlencode({'wave': source.code})}"


@register.simple_tag
def table_file_url(room: Room, source: Source, form: TableForm) -> str:
    fields = {name: form.cleaned_data[name].name for name in ("row", "column")}
    return f"{room.file_url('table')}?{urlencode({**fields, 'wave': source.code})}"
