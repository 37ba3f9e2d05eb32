"""The results of a wave, as a page to read and to print."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.analysis.overview import overview_of
from inventory.initiatives.rows import Bundle, OrganisationRow, value_of
from inventory.publications.queries import packages, publisher
from inventory.waves.models import Wave
from inventory.waves.queries import rows_of_wave
from wimmentor.base.codes.places import country_name
from wimmentor.base.phrases import say_list


def results_page(wave: Wave) -> dict[str, Any]:
    rows = rows_of_wave(wave)
    _name, address = publisher()
    return {
        "wave": wave,
        "overview_part": {
            "over": _("The Alliance's inventory · %(wave)s") % {"wave": wave.name},
            "overview": overview_of(rows, "public"),
            "analysis_url": f"{reverse('inventory-analysis')}?wave={wave.code}",
        },
        "heard": list_heard(rows),
        "statements": [row for row in rows.statements if row.organisation.named and row.organisation.counted],
        "package": packages().filter(wave=wave).first(),
        "take_down": address,
    }


def list_heard(rows: Bundle) -> list[tuple[str, str]]:
    """Organisations that agreed to be named, with where they are and what they told."""
    numbers = Counter(row.organisation.id for row in rows.initiatives)
    return [
        (row.name, say_list(filter(None, [", ".join(map(country_name, row.countries)), _say_number(row, numbers)])))
        for row in rows.organisations
        if row.named and row.counted
    ]


def _say_number(organisation: OrganisationRow, numbers: Mapping[int, int]) -> str:
    """Nothing where it has some, and none is shown any more."""
    if number := numbers.get(organisation.id):
        return ngettext("%(number)s initiative", "%(number)s initiatives", number) % {"number": number}
    return "" if value_of(organisation.answers, "A10") == "yes" else _("no initiative")
