"""What demand for mentoring organisations see in their countries (A11)."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from inventory.analysis.exchanges import Lines
from inventory.analysis.field import PENDING, UNKNOWN, Field
from inventory.analysis.levels import Level
from inventory.analysis.tables import Count
from inventory.initiatives.questionnaire import QUESTIONS
from inventory.initiatives.questionnaire.lists import DEMAND
from inventory.initiatives.rows import OrganisationRow, part_of, state_of, value_of

ASKED = QUESTIONS["A11"]
BANDS = frozenset(part.name for part in ASKED.parts)
SEEN = ("high", "medium", "low", "none")


def demand_for(band: str) -> Field:
    def read(row: OrganisationRow) -> Lines:
        said = part_of(row.answers, "A11", band)
        if said in SEEN:
            return (str(said),)
        return UNKNOWN if value_of(row.answers, "A11") else _read_state(row)

    return _field(f"demand_{band}", read)


def _read_strongest(row: OrganisationRow) -> Lines:
    said = [part_of(row.answers, "A11", band) for band in BANDS]
    strongest = next((one for one in SEEN if one in said), None)
    if strongest:
        return (strongest,)
    return UNKNOWN if value_of(row.answers, "A11") else _read_state(row)


def _read_state(row: OrganisationRow) -> Lines:
    state = state_of(row.answers, "A11")
    return PENDING if state == "answered" else (f"?{state}",)


def show_demand(counts: Mapping[str, Count], level: Level) -> dict[str, Count]:
    """By how much is seen. Where all who answer say the same, the public would know what each of them said."""
    shown = {one: counts[one] for one in SEEN if one in counts}
    if level == "public" and sum(count.number != 0 for count in shown.values()) == 1:
        return {one: Count(None, count.least) for one, count in shown.items()}
    return shown


def _field(name: str, read: Callable[[OrganisationRow], Lines]) -> Field:
    return Field(
        name=name,
        label=_("Demand for mentoring"),
        read=read,
        label_of=DEMAND.label,
        reads=("A11",),
        codes=SEEN,
        visibility=ASKED.visibility,
    )


DEMAND_ANYWHERE = _field("demand", _read_strongest)
