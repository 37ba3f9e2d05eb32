from typing import Any

import pytest

from inventory.analysis.demand import BANDS, DEMAND_ANYWHERE, demand_for
from inventory.analysis.derived import SERVED
from inventory.analysis.field import Field, codes_of
from inventory.analysis.fields import FIELDS
from inventory.analysis.pages.whole import TOLD
from inventory.analysis.supply import KINDS, STATUS
from inventory.analysis.telling import telling
from inventory.initiatives.rows import EditionRow, InitiativeRow, OrganisationRow


class Heard(dict[str, Any]):
    """Answers that know which of them were asked for."""

    def __init__(self, answers: dict[str, Any], asked: set[str]) -> None:
        super().__init__(answers)
        self.asked = asked

    def get(self, code: str, otherwise: Any = None) -> Any:
        self.asked.add(code)
        return super().get(code, otherwise)


OF_INITIATIVES = [*FIELDS.values(), SERVED, STATUS, KINDS, *(field for code in TOLD for field in telling(code))]


@pytest.mark.parametrize("field", OF_INITIATIVES, ids=lambda field: field.name)
@pytest.mark.parametrize("answers", [{}, {"B2": ["coaching"], "C6": "both_target", "C10": "yes", "B8": "national"}])
def test_field_names_every_question_that_it_reads(field: Field, answers: dict[str, Any]) -> None:
    asked: set[str] = set()
    told = Heard({code: {"value": value} for code, value in answers.items()}, asked)
    of = OrganisationRow(id=1, slug="andes", name="Andes", type="wim_national", answers=told)

    field.read(
        InitiativeRow(code="one", organisation=of, answers=told, editions=(EditionRow(label="1", answers=told),))
    )

    assert asked <= codes_of(field)


@pytest.mark.parametrize("field", [DEMAND_ANYWHERE, *map(demand_for, sorted(BANDS))], ids=lambda field: field.name)
def test_demand_is_read_of_one_question(field: Field) -> None:
    asked: set[str] = set()

    field.read(OrganisationRow(id=1, slug="andes", name="Andes", type="wim_national", answers=Heard({}, asked)))

    assert asked == {"A11"}
    assert asked < codes_of(field)


def test_fields_from_which_one_follows_are_read_too() -> None:
    assert {"B8", "B9", "A5"} <= codes_of(SERVED)
    # None would mean all of them.
    assert codes_of(FIELDS["country"], FIELDS["organisation_type"]) == {"B2", "C6", "C10"}
