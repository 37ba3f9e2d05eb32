"""Whom a plan is about: organisations and initiatives that are here, and what would change in what they tell."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.initiatives.merging import merge_answers
from inventory.initiatives.models import Initiative, Record, Statement
from inventory.initiatives.queries import living_records, with_details
from inventory.waves.importing import Plan, PlannedInitiative, PlannedOrganisation, PlannedStatement
from inventory.waves.models import Wave, WaveResponse
from programmes.organisations.models import Organisation
from wimmentor.base.codes.codelist import match_key
from wimmentor.base.text import fold

# Responses that organisations still write.
WRITABLE = (WaveResponse.State.DRAFT, WaveResponse.State.RETURNED)
Planned = PlannedInitiative | PlannedOrganisation | PlannedStatement
Outcome = Literal["left_out", "new", "changed", "same"]


@dataclass
class Target:
    """What a row of a plan would write. `refusal`: why it cannot; `changes`: questions that would be answered
    otherwise than now; `editions`: those that are new or would change."""

    planned: Planned
    organisation: Organisation | None = None
    initiative: Initiative | None = None
    refusal: str = ""
    is_new: bool = False
    changes: list[str] = field(default_factory=list)
    editions: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        if self.refusal:
            return "left_out"
        if self.is_new:
            return "new"
        return "changed" if self.changes or self.editions else "same"


def find_targets(plan: Plan, wave: Wave) -> list[Target]:
    """In as many queries for one row as for thousands."""
    here = _Here(wave)
    return [
        *(_find(here.find_sheet, planned) for planned in plan.organisations),
        *(_find(here.find_initiative, planned) for planned in plan.initiatives),
        *(_find(here.find_statement, planned) for planned in plan.statements),
    ]


class _Refused(ValueError):
    pass


_SENT = gettext_lazy("Its answers are with IWiM already. Return them first.")


def _find(find: Callable[[Target, Any], None], planned: Planned) -> Target:
    target = Target(planned)
    try:
        find(target, planned)
    except _Refused as reason:
        target.refusal = str(reason)
    return target


class _Here:
    """Everything that is here, looked up once."""

    def __init__(self, wave: Wave) -> None:
        sent = wave.responses.exclude(state__in=WRITABLE)
        self._sent = frozenset(sent.values_list("organisation", flat=True))

    def find_sheet(self, target: Target, planned: PlannedOrganisation) -> None:
        target.organisation = self._organisation(planned.id, planned.name, planned.country)
        self._compare(target, self._sheets.get(target.organisation.pk), planned.answers)

    def find_initiative(self, target: Target, planned: PlannedInitiative) -> None:
        target.initiative = self._by_code.get(planned.id)
        if target.initiative is None or planned.organisation_id or planned.organisation:
            target.organisation = self._organisation(planned.organisation_id, planned.organisation, planned.country)
        self._settle(target, planned)
        record = self._records.get(target.initiative.pk) if target.initiative else None
        self._compare(target, record, planned.answers)
        target.editions = list(_changed_editions(planned, record))

    def find_statement(self, target: Target, planned: PlannedStatement) -> None:
        target.organisation = self._organisation(planned.organisation_id, planned.organisation, planned.country)
        if target.organisation.pk in self._sent:
            raise _Refused(_SENT)
        known = (target.organisation.pk, planned.topic, planned.about.get("as_of", ""))
        target.is_new = known not in self._statements

    def _settle(self, target: Target, planned: PlannedInitiative) -> None:
        if target.initiative is not None:
            owner = self._organisations[target.initiative.organisation_id]
            if target.organisation not in (None, owner):
                raise _Refused(_("This identifier is of an initiative of another organisation."))
            target.organisation = owner
            return
        assert target.organisation is not None  # noqa: S101 - found above, or refused
        for name in filter(None, (planned.name, planned.id)):
            if found := self._by_name.get((target.organisation.pk, fold(name))):
                target.initiative = found
                return
        if not planned.answers and planned.editions:
            raise _Refused(_("No initiative has this identifier or name. Tell of it first, then of its editions."))
        target.is_new = True

    def _organisation(self, slug: str, name: str, country: str) -> Organisation:
        if slug and slug in self._by_slug:
            return self._by_slug[slug]
        found = self._by_words.get(match_key(name), []) if name else []
        in_country = [each for each in found if set(country.split(";")) & set(each.countries)]
        if not found:
            raise _Refused(_("No organisation of this name is here. It registers first."))
        if len(found) > 1 and len(in_country) != 1:
            raise _Refused(_("Several organisations have this name. Write its identifier."))
        return found[0] if len(found) == 1 else in_country[0]

    def _compare(self, target: Target, record: Record | None, answers: Mapping[str, Any]) -> None:
        is_being_read = record is not None and record.is_open and not record.can_be_changed
        if is_being_read or (target.organisation and target.organisation.pk in self._sent):
            raise _Refused(_SENT)
        target.changes = merge_answers(record.answers if record else {}, answers, {}).changed

    @cached_property
    def _organisations(self) -> dict[int, Organisation]:
        return {each.pk: each for each in Organisation.objects.order_by("pk")}

    @cached_property
    def _by_slug(self) -> dict[str, Organisation]:
        return {each.slug: each for each in self._organisations.values()}

    @cached_property
    def _by_words(self) -> dict[str, list[Organisation]]:
        found: dict[str, list[Organisation]] = {}
        for each in self._organisations.values():
            for key in {match_key(each.name), match_key(each.full_name)} - {""}:
                found.setdefault(key, []).append(each)
        return found

    @cached_property
    def _by_code(self) -> dict[str, Initiative]:
        return {each.code: each for each in Initiative.objects.order_by("pk")}

    @cached_property
    def _by_name(self) -> dict[tuple[int, str], Initiative]:
        return {
            (record.organisation_id, record.name_folded): record.initiative
            for record in self._records.values()
            if record.initiative is not None and record.name_folded
        }

    @cached_property
    def _records(self) -> dict[int | None, Record]:
        """By initiative: the one that is being written, else the public one."""
        found = with_details(living_records().filter(initiative__isnull=False)).order_by("-is_current", "pk")
        return {record.initiative_id: record for record in found}

    @cached_property
    def _sheets(self) -> dict[int, Record]:
        found = living_records().filter(initiative=None).order_by("-is_current", "pk")
        return {record.organisation_id: record for record in found}

    @cached_property
    def _statements(self) -> set[tuple[int, str, str]]:
        found = Statement.objects.values_list("organisation", "topic", "as_of")
        return {(organisation, topic, day.isoformat() if day else "") for organisation, topic, day in found}


def find_edition(record: Record | None, label: str) -> Any:
    """The one that is called so; None where there is none."""
    editions = record.editions.all() if record else ()
    return next((each for each in editions if match_key(each.label) == match_key(label)), None)


def _changed_editions(planned: PlannedInitiative, record: Record | None) -> Iterator[str]:
    for told in planned.editions:
        known = find_edition(record, told.label)
        year = told.year if told.year is not None else known and known.year
        if known is None or known.year != year or merge_answers(known.answers, told.answers, {}).changed:
            yield told.label
