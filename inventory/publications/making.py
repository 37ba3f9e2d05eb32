"""From what was told to the tables of a package."""

from operator import itemgetter

from inventory.initiatives.questionnaire import QUESTIONS
from inventory.initiatives.rows import Bundle, EditionRow, OrganisationRow
from inventory.publications.code_lists import list_codes
from inventory.publications.layout import lay_out
from inventory.publications.naming import Disguise, Naming
from inventory.publications.records import Record, Recorder, tells_few
from inventory.publications.tables import NAMES, Table
from inventory.publications.withheld import NOT_COUNTED, NOT_NAMED
from wimmentor.base.languages import speak

_ORDER = {code: number for number, code in enumerate(QUESTIONS)}


def make_tables(survey: Bundle, *, disguise: Disguise) -> dict[str, Table]:
    """The same for the same survey, in whatever order its rows come. In English."""
    with speak("en"):
        recorder, records = _record(survey, disguise)
        tables = {name: lay_out(name, records[name]) for name in records}
        tables["answers"] = lay_out("answers", sorted(recorder.states, key=_place))
        tables["code_lists"] = lay_out("code_lists", list_codes(tables))
        tables["withheld"] = lay_out("withheld", recorder.withheld.records())
    return {name: tables[name] for name in NAMES}


def _record(survey: Bundle, disguise: Disguise) -> tuple[Recorder, dict[str, list[Record]]]:
    organisations = _all_organisations(survey)
    counted = [organisation for organisation in organisations if organisation.counted]
    recorder = Recorder(Naming.of(counted, disguise))
    recorder.withheld.add("organisations", NOT_COUNTED, number=len(organisations) - len(counted))
    parents = {organisation.id: organisation for organisation in counted}
    initiatives = [initiative for initiative in survey.initiatives if initiative.organisation.counted]
    editions = [
        recorder.edition(initiative, edition, number)
        for initiative in initiatives
        for number, edition in enumerate(sorted(initiative.editions, key=_in_time), 1)
    ]
    statements = [statement for statement in survey.statements if statement.organisation.counted]
    told = [recorder.statement(statement) for statement in statements if statement.organisation.named]
    recorder.withheld.add("statements", NOT_NAMED, number=len(statements) - len(told))
    return recorder, {
        "organisations": sorted((recorder.organisation(each, parents) for each in counted), key=itemgetter("id")),
        "initiatives": sorted(
            (recorder.initiative(each, tells_few=tells_few(each.editions)) for each in initiatives),
            key=itemgetter("id"),
        ),
        "editions": sorted(editions, key=lambda record: str(record["initiative"])),
        "statements": sorted(told, key=lambda record: (str(record["organisation_id"]), str(record["topic"]))),
    }


def _in_time(edition: EditionRow) -> tuple[int, str]:
    return edition.year or 0, edition.label


def _all_organisations(survey: Bundle) -> list[OrganisationRow]:
    """Also those that are only in what is told about their initiatives."""
    told = [row.organisation for row in survey.initiatives] + [row.organisation for row in survey.statements]
    rows = [*survey.organisations, *told]
    return sorted({row.id: row for row in reversed(rows)}.values(), key=lambda row: row.slug)


def _place(state: Record) -> tuple[int, str, str, int]:
    question = _ORDER[str(state["question"])]
    return NAMES.index(str(state["table"])), str(state["id"]), str(state["edition"] or ""), question
