"""Rows of several sheets that are about the same organisation or initiative come together here."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from inventory.waves.importing.plan import Answers, Plan, PlannedEdition, PlannedInitiative, PlannedOrganisation
from wimmentor.base.codes.codelist import match_key


class RefusedRow(ValueError):
    """`name`: of the column that it is about."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name
        self.reason = reason


@dataclass
class Gathering:
    """Each is known by its identifier and, where it has one, by its name."""

    plan: Plan
    _organisations: dict[str, PlannedOrganisation] = field(default_factory=dict)
    _initiatives: dict[str, PlannedInitiative] = field(default_factory=dict)

    def take_organisation(self, told: PlannedOrganisation) -> PlannedOrganisation:
        """The one that an earlier row told of, else this one. One with another identifier is another one, whatever
        its name."""
        keys = list(_organisation_keys(told))
        found = [self._organisations[key] for key in keys if key in self._organisations]
        known = next((each for each in found if not (each.id and told.id and each.id != told.id)), told)
        if known is told:
            self.plan.organisations.append(told)
        self._organisations |= {key: known for key in keys if key not in self._organisations}
        return known

    def take_initiative(self, told: PlannedInitiative) -> PlannedInitiative:
        """Likewise."""
        keys = list(_initiative_keys(told))
        found = [self._initiatives[key] for key in keys if key in self._initiatives]
        known = next((each for each in found if not (each.id and told.id and each.id != told.id)), told)
        if known is told:
            self.plan.initiatives.append(told)
        known.id = known.id or told.id
        self._initiatives |= {key: known for key in keys if key not in self._initiatives}
        return known

    def find_initiative(self, named: str, organisation: str) -> PlannedInitiative | None:
        """Of an edition's row: by identifier or, with its organisation, by name."""
        keys = [f"id {named}", f"name {match_key(organisation)} {match_key(named)}"]
        found = next((self._initiatives[key] for key in keys if key in self._initiatives), None)
        if found is None and not organisation:
            alike = [each for each in self.plan.initiatives if match_key(each.name) == match_key(named)]
            found = alike[0] if len(alike) == 1 else None
        return found


def add_answers(known: Answers, told: Answers) -> Iterator[str]:
    """Yields the questions that an earlier row answered otherwise: that answer stays."""
    for code, answer in told.items():
        if known.setdefault(code, answer) != answer:
            yield code


def add_edition(initiative: PlannedInitiative, edition: PlannedEdition) -> None:
    if any(match_key(each.label) == match_key(edition.label) for each in initiative.editions):
        raise RefusedRow("label", _("An earlier row tells of this edition already."))
    initiative.editions.append(edition)


def _organisation_keys(told: PlannedOrganisation) -> Iterator[str]:
    if told.id:
        yield f"id {told.id}"
    if told.name:
        yield f"name {match_key(told.name)} {told.country}"


def _initiative_keys(told: PlannedInitiative) -> Iterator[str]:
    if told.id:
        yield f"id {told.id}"
    if told.name:
        yield f"name {match_key(told.organisation)} {match_key(told.name)}"
