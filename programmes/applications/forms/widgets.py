"""Hours of the week as a table of boxes: a row a day, a column a part of the day."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from wimmentor.base.weekhours import format_week, parse_week

DAYS = tuple(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), WEEKDAYS.values(), strict=True))
PARTS = (("6-12", _("Morning"), "6–12"), ("12-18", _("Afternoon"), "12–18"), ("18-22", _("Evening"), "18–22"))
BOXES = tuple(f"{day} {hours}" for day, _name in DAYS for hours, _part, _written in PARTS)


class WeekTable(forms.SelectMultiple):
    """Rendered by our own templates, which form widgets do not find by name."""

    use_fieldset = True
    template = "programmes/applications/apply/week_table.html"

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        ticked = set(value or ())
        own_id = (attrs or {}).get("id", f"id_{name}")
        rows = [
            (
                WEEKDAYS_ABBR[row],
                [
                    {
                        "value": f"{day} {hours}",
                        "id": f"{own_id}_{row * len(PARTS) + column}",
                        "label": f"{label}, {part}",
                        "ticked": f"{day} {hours}" in ticked,
                    }
                    for column, (hours, part, _written) in enumerate(PARTS)
                ],
            )
            for row, (day, label) in enumerate(DAYS)
        ]
        return render_to_string(self.template, {"name": name, "rows": rows, "parts": PARTS})

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return ""


class WeekField(forms.MultipleChoiceField):
    widget = WeekTable

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(box, box) for box in BOXES], **kwargs)


def boxes_of(availability: str) -> list[str]:
    """The boxes that lie within stored hours; hours that no form of ours wrote may fill none."""
    try:
        slots = parse_week(availability)
    except ValueError:
        return []
    return [box for box in BOXES if parse_week(box) <= slots]


def hours_of(boxes: list[str], before: str = "") -> str:
    """Stored hours of the boxes. Boxes that are as they were keep the exact hours of a spreadsheet."""
    if boxes == boxes_of(before):
        return before
    return format_week(slot for box in boxes for slot in parse_week(box))
