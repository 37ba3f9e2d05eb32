from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.analysis.fields import FIELDS, fields_for
from inventory.analysis.levels import Level
from inventory.analysis.queries import NOW, Source, waves_for


class WaveForm(forms.Form):
    """Sent by GET. Which wave's answers; nothing chosen is the latest published one."""

    wave = forms.ChoiceField(label=_("Answers"), required=False)

    def __init__(self, *args: Any, level: Level, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waves = [(wave.code, wave.name) for wave in waves_for(level)]
        self.fields["wave"].choices = [*waves, (NOW, _("What is public now"))]  # type: ignore[attr-defined]
        self.initial.setdefault("wave", source.code)


class TableForm(WaveForm):
    row = forms.ChoiceField(label=_("Rows"))
    column = forms.ChoiceField(label=_("Columns"))

    field_order = ["row", "column", "wave"]

    def __init__(self, *args: Any, level: Level, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, level=level, source=source, **kwargs)
        choices = [(field.name, field.label) for field in fields_for(level)]
        for name in ("row", "column"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("row") and found.get("row") == found.get("column"):
            self.add_error("column", _("Choose something else than for the rows."))
        for name in ("row", "column"):
            found[name] = FIELDS.get(found.get(name, ""))
        return found
