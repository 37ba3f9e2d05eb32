"""From what was told to the tables of a package."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from operator import itemgetter

from inventory.initiatives.questionnaire import QUESTIONS
from inventory.initiatives.rows import Bundle, EditionRow, OrganisationRow
from inventory.publications.code_lists import list_codes
from inventory.publications.layout import lay_out
from inventory.publications.records import Record, Recorder
from inventory.publications.tables import NAMES, Table
from inventory.publications.withheld import NOT_COUNTED, NOT_NAMED, TAKEN_DOWN, Withheld
from inventory.waves.cells import plain_cell
from wimmentor.base.languages import speak

_ORDER = {code: number for number, code in enumerate(QUESTIONS)}
NOTHING: Mapping[str, int] = {}


def make_tables(survey: Bundle, taken_down: Mapping[str, int] = NOTHING) -> dict[str, Table]:
    """The same for the same survey, in whatever order its rows come. In English. `taken_down`: how many records of
    which tables the survey is without."""
    with speak("en"):
        recorder, records = _record(survey)
        for name, number in taken_down.items():
            recorder.withheld.add(name, TAKEN_DOWN, number=number)
        tables = {name: lay_out(name, records[name]) for name in records}
        tables["answers"] = lay_out("answers", sorted(recorder.states, key=_place))
        tables["code_lists"] = lay_out("code_lists", list_codes(tables))
        tables["withheld"] = lay_out("withheld", recorder.withheld.records())
    return {name: tables[name] for name in NAMES}


def _record(survey: Bundle) -> tuple[Recorder, dict[str, list[Record]]]:
    """Only of those who agreed to be named: from a row of its own it could be told who any other is."""
    organisations = _all_organisations(survey)
    recorder = Recorder()
    _count_others(recorder.withheld, organisations, survey)
    named = {organisation.id: organisation for organisation in organisations if organisation.named}
    initiatives = [initiative for initiative in survey.initiatives if initiative.organisation.named]
    editions = [
        recorder.edition(initiative, edition, label)
        for initiative in initiatives
        for edition, label in _label_editions(initiative.editions)
    ]
    statements = [recorder.statement(statement) for statement in survey.statements if statement.organisation.named]
    return recorder, {
        "organisations": sorted((recorder.organisation(each, named) for each in named.values()), key=itemgetter("id")),
        "initiatives": sorted(map(recorder.initiative, initiatives), key=itemgetter("id")),
        "editions": sorted(editions, key=_edition_place),
        "statements": sorted(statements, key=_statement_place),
    }


def _count_others(withheld: Withheld, organisations: Iterable[OrganisationRow], survey: Bundle) -> None:
    withheld.add("organisations", NOT_COUNTED, number=sum(not each.counted for each in organisations))
    unnamed = {each.id for each in organisations if each.counted and not each.named}
    initiatives = [each for each in survey.initiatives if each.organisation.id in unnamed]
    behind = {
        "organisations": [*unnamed],
        "initiatives": [each.organisation.id for each in initiatives],
        "editions": [each.organisation.id for each in initiatives for _edition in each.editions],
        "statements": [each.organisation.id for each in survey.statements if each.organisation.id in unnamed],
    }
    for table, ids in behind.items():
        withheld.add_of(table, NOT_NAMED, ids)


def _label_editions(editions: Iterable[EditionRow]) -> Iterator[tuple[EditionRow, str]]:
    """In time; one whose name is blank by its place. Names that differ in blanks alone are numbered."""
    taken: set[str] = set()
    for place, edition in enumerate(sorted(editions, key=_in_time), 1):
        name = label = str(plain_cell(edition.label) or place)
        for number in count(2):
            if label not in taken:
                break
            label = f"{name} ({number})"
        taken.add(label)
        yield edition, label


def _in_time(edition: EditionRow) -> tuple[int, str, str]:
    return edition.year or 0, str(plain_cell(edition.label) or ""), edition.label


def _edition_place(record: Record) -> tuple[str, int, str]:
    year = record["year"]
    return str(record["initiative"]), year if isinstance(year, int) else 0, str(record["label"])


def _statement_place(record: Record) -> tuple[str, ...]:
    return tuple(str(record[name] or "") for name in ("organisation_id", "topic", "as_of", "value"))


def _all_organisations(survey: Bundle) -> list[OrganisationRow]:
    """Also those that are only in what is told about their initiatives."""
    told = [row.organisation for row in survey.initiatives] + [row.organisation for row in survey.statements]
    rows = [*survey.organisations, *told]
    return sorted({row.id: row for row in reversed(rows)}.values(), key=lambda row: row.slug)


def _place(state: Record) -> tuple[int, str, str, int]:
    question = _ORDER[str(state["question"])]
    return NAMES.index(str(state["table"])), str(state["id"]), str(state["edition"] or ""), question
