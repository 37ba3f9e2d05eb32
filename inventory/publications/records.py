"""Records of a package from what was told: only public questions of those who agreed to be named, no small figure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from inventory.initiatives.questionnaire import Question, is_asked
from inventory.initiatives.readers import is_few, tells_few
from inventory.initiatives.rows import Answers, EditionRow, InitiativeRow, OrganisationRow, StatementRow
from inventory.publications.questions import PUBLISHED, shown_columns, state_of_shown, told_cell, with_known
from inventory.publications.withheld import ABOUT_FEW_PEOPLE, FEW_PEOPLE, Withheld
from inventory.waves.cells import Cell, plain_cell
from inventory.waves.columns import words_column

Record = dict[str, Cell]


@dataclass
class Recorder:
    """Gathers, on the way, why cells are empty: the states of answers and what was withheld."""

    withheld: Withheld = field(default_factory=Withheld)
    states: list[Record] = field(default_factory=list)

    def organisation(self, organisation: OrganisationRow, named: Mapping[int, OrganisationRow]) -> Record:
        parent = named.get(organisation.part_of or 0)
        record: Record = {"id": organisation.slug, "part_of": parent.slug if parent else None}
        answers = with_known(organisation)
        for question in PUBLISHED["organisation"]:
            self._answer(record, "organisations", question, answers, id=organisation.slug)
        return record

    def initiative(self, initiative: InitiativeRow) -> Record:
        id = initiative.code
        record = {"id": id, **self._of(initiative.organisation), **self._about(initiative)}
        hides_words = tells_few(edition.answers for edition in initiative.editions)
        for name in ("evidence", "remarks") if hides_words else ():
            if record[name] is not None:
                self.withheld.add("initiatives", ABOUT_FEW_PEOPLE, id=id, field=name)
                record[name] = None
        for question in PUBLISHED["initiative"]:
            self._answer(record, "initiatives", question, initiative.answers, id=id)
        return record

    def edition(self, initiative: InitiativeRow, edition: EditionRow, label: str) -> Record:
        id = initiative.code
        record: Record = {"initiative": id, "label": label, "year": edition.year}
        record |= {**self._of(initiative.organisation), **self._about(initiative)}
        for question in PUBLISHED["edition"]:
            self._answer(record, "editions", question, edition.answers, id=id, edition=label)
            if question.people:
                self._hide_few(record, question, id, label)
        return record

    def statement(self, statement: StatementRow) -> Record:
        return {
            **self._of(statement.organisation),
            **{name: plain_cell(getattr(statement, name)) for name in ("topic", "value", "evidence", "remarks")},
            "as_of": _day(statement),
        }

    def _of(self, organisation: OrganisationRow) -> Record:
        return {
            "organisation_id": organisation.slug,
            "organisation": plain_cell(organisation.name),
            "country": plain_cell(with_known(organisation).get("A4", {}).get("value")),
        }

    def _about(self, initiative: InitiativeRow) -> Record:
        words = {name: plain_cell(getattr(initiative, name)) for name in ("evidence", "remarks", "source")}
        return {**words, "as_of": _day(initiative)}

    def _answer(
        self, record: Record, table: str, question: Question, answers: Answers, *, id: str, edition: str = ""
    ) -> None:
        answer = answers.get(question.code, {})
        record |= {column.name: told_cell(column, answer) for column in shown_columns(question)}
        state = state_of_shown(question, answer)
        if state != "answered" and (edition or is_asked(question, answers)):
            self.states.append(
                {"table": table, "id": id, "edition": edition or None, "question": question.code, "state": state}
            )

    def _hide_few(self, record: Record, question: Question, id: str, edition: str) -> None:
        """With a figure go the words beside it. Nothing else that is published adds up to it."""
        columns = shown_columns(question)
        few = [column.name for column in columns if column.aspect == "value" and tells_of_few(record.get(column.name))]
        for name in few:
            self.withheld.add("editions", FEW_PEOPLE, id=id, edition=edition, field=name)
            record[name] = None
        words = words_column(question).name
        if few and record.get(words) is not None:
            self.withheld.add("editions", ABOUT_FEW_PEOPLE, id=id, edition=edition, field=words)
            record[words] = None


def tells_of_few(cell: Cell) -> bool:
    return isinstance(cell, int | float) and is_few(cell)


def _day(row: InitiativeRow | StatementRow) -> str | None:
    return row.as_of.isoformat() if row.as_of else None
