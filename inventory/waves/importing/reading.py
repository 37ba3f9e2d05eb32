"""Sheets to a plan: what would be written, what is refused and where somebody should look."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from inventory.initiatives.checking import clean_answer
from inventory.initiatives.questionnaire import Level, Question
from inventory.waves.importing.answers import Manner, UnfitAnswer, read_answer
from inventory.waves.importing.choosing import UnfitCell
from inventory.waves.importing.gathering import Gathering, RefusedRow, add_answers, add_edition
from inventory.waves.importing.plan import (
    Answers,
    Note,
    Plan,
    PlannedEdition,
    PlannedInitiative,
    PlannedOrganisation,
    PlannedStatement,
)
from inventory.waves.importing.preparing import prepare_sheet
from inventory.waves.importing.rows import ABOUT, Cells, SheetRow, find_label, find_year, read_about, refuse_misplaced
from inventory.waves.importing.sheets import Sheet
from inventory.waves.importing.told_states import States, read_states
from wimmentor.base.errors import DomainError

# What one tells, the next refers to.
_ORDER = ("organisations", "initiatives", "editions", "statements")
LONGEST_LABEL = 120


def read_answers(sheets: Sequence[Sheet]) -> Plan:
    """A package of ours is among them where there are states: its cells are taken as they stand."""
    reader = _Reader(Gathering(Plan()), read_states(sheets))
    for kind in _ORDER:
        for sheet in sheets:
            if sheet.kind == kind:
                reader.read_sheet(sheet)
    return reader.gathering.plan


@dataclass
class _Reader:
    gathering: Gathering
    states: States | None
    manner: Manner = field(default_factory=Manner)

    @property
    def plan(self) -> Plan:
        return self.gathering.plan

    def read_sheet(self, sheet: Sheet) -> None:
        prepared = prepare_sheet(sheet, literal=self.states is not None)
        self.manner = prepared.manner
        self.plan.flagged += prepared.flagged
        reads: dict[str, Callable[[SheetRow], None]] = {
            "organisations": self._read_organisation,
            "initiatives": self._read_initiative,
            "editions": self._read_edition,
            "statements": self._read_statement,
        }
        for row in sheet.table.rows:
            self.plan.rows += 1
            self._read_row(SheetRow(sheet.name, row, prepared.headings), sheet, reads[sheet.kind])

    def _read_row(self, row: SheetRow, sheet: Sheet, read: Callable[[SheetRow], None]) -> None:
        try:
            refuse_misplaced(row, sheet.table)
            read(row)
        except RefusedRow as refusal:
            self._refuse(row, row.heading_of(refusal.name), refusal.reason)

    def _refuse(self, row: SheetRow, heading: str, reason: str) -> None:
        self.plan.refused.append(Note(row.sheet, row.number, heading, reason))

    def _read_organisation(self, row: SheetRow) -> None:
        answers = self._answers(row, "organisation", row.text("id"))
        name = str(answers.get("A1", {}).get("value", ""))
        if not row.text("id") and not name:
            raise RefusedRow("name", _("Neither an identifier nor a name says which organisation this is."))
        known = self.gathering.take_organisation(
            PlannedOrganisation(row.sheet, row.number, row.text("id"), name, part_of=row.text("part_of"))
        )
        self._add(row, known.answers, answers)
        if row.text("part_of") and self.states is None:
            reason = _("Of which organisation it is a part is not changed by an import.")
            self.plan.flagged.append(Note(row.sheet, row.number, row.heading_of("part_of"), reason))

    def _read_initiative(self, row: SheetRow) -> None:
        answers = self._answers(row, "initiative", row.text("id"))
        name = str(answers.get("B1", {}).get("value", ""))
        if not row.text("id") and not (row.text("organisation") and name):
            raise RefusedRow(
                "id", _("Neither an identifier nor an organisation with a name says which initiative it is.")
            )
        known = self.gathering.take_initiative(self._planned(row, row.text("id"), name))
        self._add(row, known.answers, answers)
        for name, text in self._about(row):
            known.about.setdefault(name, text)
        self._read_figures(row, known)
        self._read_its_organisation(row)

    def _read_figures(self, row: SheetRow, initiative: PlannedInitiative) -> None:
        """Where each row of initiatives has the figures of an edition as well."""
        label = row.text("edition", "label")
        figures = self._answers(row, "edition", initiative.id, label)
        if figures or label or row.text("year"):
            self._add_edition(row, initiative, figures)

    def _read_its_organisation(self, row: SheetRow) -> None:
        answers = self._answers(row, "organisation", "")
        if answers and row.text("organisation", "organisation_id"):
            known = self.gathering.take_organisation(
                PlannedOrganisation(
                    row.sheet, row.number, row.text("organisation_id"), row.text("organisation"), row.text("country")
                )
            )
            self._add(row, known.answers, answers)

    def _read_edition(self, row: SheetRow) -> None:
        told = self._answers(row, "initiative", "")
        name = str(told.get("B1", {}).get("value", ""))
        named = row.text("initiative") or name
        if not named:
            raise RefusedRow("initiative", _("Of which initiative is this edition?"))
        known = self.gathering.find_initiative(named, row.text("organisation"))
        if known is None:
            known = self.gathering.take_initiative(self._planned(row, row.text("initiative"), name))
        self._add(row, known.answers, told)
        self._add_edition(row, known, self._answers(row, "edition", known.id, find_label(row)))

    def _read_statement(self, row: SheetRow) -> None:
        if not row.text("topic") or not row.text("organisation", "organisation_id"):
            raise RefusedRow("topic", _("A statement needs an organisation and a topic."))
        self.plan.statements.append(
            PlannedStatement(
                row.sheet,
                row.number,
                row.text("organisation_id"),
                row.text("organisation"),
                row.text("country"),
                read_about(row, "topic"),
                read_about(row, "value"),
                {name: text for name in ABOUT if (text := read_about(row, name))},
            )
        )

    def _about(self, row: SheetRow) -> Iterator[tuple[str, str]]:
        """What does not fit is refused by itself."""
        for name in ABOUT:
            try:
                if text := read_about(row, name):
                    yield name, text
            except RefusedRow as refusal:
                self._refuse(row, row.heading_of(refusal.name), refusal.reason)

    def _planned(self, row: SheetRow, id: str, name: str) -> PlannedInitiative:
        return PlannedInitiative(
            row.sheet,
            row.number,
            id,
            row.text("organisation_id"),
            row.text("organisation"),
            row.text("country"),
            name,
        )

    def _add_edition(self, row: SheetRow, initiative: PlannedInitiative, answers: Answers) -> None:
        try:
            year = find_year(row)
        except UnfitCell as refusal:
            raise RefusedRow("year", str(refusal)) from refusal
        label = find_label(row)
        if len(label) > LONGEST_LABEL:
            raise RefusedRow("label", _("The name of an edition has at most %(most)s signs.") % {"most": LONGEST_LABEL})
        add_edition(initiative, PlannedEdition(row.sheet, row.number, label, year, answers))

    def _add(self, row: SheetRow, known: Answers, told: Answers) -> None:
        for code in add_answers(known, told):
            reason = _("An earlier row answers this otherwise. Its answer counts.")
            self._refuse(row, row.heading_of_field(code), reason)

    def _answers(self, row: SheetRow, level: Level, id: str, edition: str = "") -> Answers:
        """What does not fit its question is refused by itself; the rest of the row goes in."""
        answers: Answers = dict(self._told_states(level, id, edition))
        for question, cells in row.questions(level):
            answer = self._answer(row, question, cells, answers.pop(question.code, {}))
            if answer:
                answers[question.code] = answer
        return answers

    def _answer(self, row: SheetRow, question: Question, cells: Cells, state: dict[str, Any]) -> dict[str, Any] | None:
        try:
            answer = read_answer(cells, self.manner)
            return clean_answer(question, answer if "value" in answer else {**state, **answer})
        except UnfitAnswer as refusal:
            self._refuse(row, row.heading_of(refusal.column), refusal.reason)
        except DomainError as refusal:
            heading = row.heading_of_field(refusal.field or question.code)
            self._refuse(row, heading, str(refusal.message))
        return None

    def _told_states(self, level: Level, id: str, edition: str) -> Iterator[tuple[str, dict[str, Any]]]:
        if self.states is None:
            return
        for code, state in self.states.get((level, id, edition), {}).items():
            yield code, {"state": state}
