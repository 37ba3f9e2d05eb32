"""A package that is brought in again gives equal tables when it is exported again."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.initiatives.checking import clean_answer
from inventory.initiatives.questionnaire import COUNTRIES, LANGUAGES, Part, Question, questions_of
from inventory.initiatives.rows import Bundle, EditionRow, InitiativeRow, OrganisationRow, StatementRow
from inventory.publications.datapackage import About, describe_package
from inventory.publications.making import make_tables
from inventory.publications.package import write_package, write_table
from inventory.publications.tables import Tables
from inventory.waves.importing import read_answers, read_files
from tests.inventory.replant import replant
from tests.inventory.told import NAMED, TOLD
from wimmentor.base.codes import ORGANISATION_TYPE

ABOUT = About(
    wave="2027",
    title="Wave of 2027",
    version=1,
    made_at=datetime(2027, 3, 1, tzinfo=UTC),
    questionnaire="2027",
    publisher="IWiM",
    take_down="x@example.org",
)
TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=30)
NAME = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20).filter(
    lambda text: any(sign.isalnum() for sign in text)
)
WORD = st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True)
TRICKY = st.sampled_from(
    [
        *("=1+1", "'=1+1", "-", "?", "unknown", "n/a", "+34; @x", "a;b|c\\", '"', ",", "'", "\t=x", "yes", "0"),
        *("\ufeffx", "a\r\nb", "'' =x", ";'=x", "a\n-b"),
    ]
)
LABEL = st.one_of(WORD, st.sampled_from([" ", "First", " First", "First\u200b", "First (2)"]))
TOPIC = st.one_of(WORD, st.just("role_models"))
DAYS = st.sampled_from([None, date(2021, 7, 29), date(2022, 1, 1)])
WORDS = st.one_of(TEXT, TRICKY)
PLACES = st.sampled_from(["PE", "CL", "CD", "NA", "NO", "ID"])
SPOKEN = st.sampled_from(["es", "en", "id", "qu", "fr"])
DATES = st.sampled_from(["2021", "2021-09", "2021-09-29", "before 2011-07"])
WHOLE = st.one_of(st.just(0), st.integers(5, 3000))
DECIMAL = st.one_of(WHOLE, st.integers(1, 9999).map(lambda number: number / 100))


def codes_of(choices: Any) -> st.SearchStrategy[str]:
    return PLACES if choices is COUNTRIES else SPOKEN if choices is LANGUAGES else st.sampled_from(choices.codes)


def single(kind: str, choices: Any = None) -> st.SearchStrategy[Any]:
    by_kind = {
        **dict.fromkeys(("text", "long_text"), WORDS),
        "url": WORD.map(lambda word: f"https://example.org/{word}"),
        "one": codes_of(choices) if choices else st.nothing(),
        "integer": WHOLE,
        "decimal": DECIMAL,
        "year": st.integers(1900, 2100),
        "date": DATES,
    }
    return by_kind[kind]


def part_value(part: Part) -> st.SearchStrategy[Any]:
    return st.integers(1950, 2100) if part.name == "first_year" else single(part.kind, part.choices)


def parts_of(question: Question) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={part.name: part_value(part) for part in question.parts})


@st.composite
def answers(draw: st.DrawFn, question: Question) -> dict[str, Any]:
    """As they are kept: what does not fit its question never gets in."""
    if draw(st.booleans()):
        given: dict[str, Any] = {"state": draw(st.sampled_from(["unknown", "not_applicable", "declined"]))}
    elif question.kind in ("many", "ranked"):
        given = {"value": draw(st.lists(codes_of(question.choices), max_size=3, unique=True))}
        if question.has_main and given["value"]:
            given["main"] = draw(st.sampled_from(given["value"]))
    elif question.kind == "parts":
        given = {"value": draw(parts_of(question))}
    elif question.kind == "rows":
        given = {"value": draw(st.lists(parts_of(question), max_size=3))}
    else:
        given = {"value": draw(single(question.kind, question.choices))}
    if draw(st.booleans()):
        given |= {"words": draw(WORDS), "comment": draw(TEXT)}
    return clean_answer(question, given) or {}


@st.composite
def told_of(draw: st.DrawFn, level: Any) -> dict[str, Any]:
    public = [question for question in questions_of(level) if question.visibility == "public" and question.code != "A1"]
    asked = draw(st.lists(st.sampled_from(public), unique_by=lambda question: question.code, max_size=12))
    return {question.code: answer for question in asked if (answer := draw(answers(question)))}


@st.composite
def surveys(draw: st.DrawFn) -> Bundle:
    slugs = draw(st.lists(WORD, min_size=1, max_size=3, unique=True))
    organisations = [
        OrganisationRow(
            id=number,
            slug=slug,
            name=draw(NAME),
            type=draw(st.sampled_from(ORGANISATION_TYPE.codes)),
            countries=tuple(draw(st.lists(PLACES, max_size=2, unique=True))),
            languages=tuple(draw(st.lists(SPOKEN, max_size=2, unique=True))),
            part_of=draw(st.sampled_from([None, 1])),
            answers=draw(told_of("organisation")),
        )
        for number, slug in enumerate(slugs, 1)
    ]
    codes = draw(st.lists(WORD, max_size=4, unique=True))
    initiatives = [draw(initiatives_of(code, organisations)) for code in codes]
    statements = [
        StatementRow(organisation=organisation, topic=draw(TOPIC), value=draw(WORDS), evidence=draw(WORDS), as_of=day)
        for organisation, day in draw(st.lists(st.tuples(st.sampled_from(organisations), DAYS), max_size=4))
    ]
    return Bundle(organisations, initiatives, statements)


@st.composite
def initiatives_of(draw: st.DrawFn, code: str, organisations: list[OrganisationRow]) -> InitiativeRow:
    labels = draw(st.lists(LABEL, max_size=3, unique=True))
    return InitiativeRow(
        code=code,
        organisation=draw(st.sampled_from(organisations)),
        answers=draw(told_of("initiative")),
        editions=tuple(
            EditionRow(label=label, year=draw(st.sampled_from([None, 2021])), answers=draw(told_of("edition")))
            for label in labels
        ),
        evidence=draw(WORDS),
        remarks=draw(WORDS),
        source=draw(WORDS),
        as_of=draw(DAYS),
    )


def read_again(tables: Tables, *, as_archive: bool) -> Tables:
    if as_archive:
        files = [("package.zip", write_package(describe_package(tables, ABOUT), tables)["package.zip"])]
    else:
        files = [(f"{name}.csv", write_table(table)) for name, table in tables.items()]
    plan = read_answers(read_files(files))
    assert (plan.refused, plan.flagged) == ([], [])
    return make_tables(replant(plan))


@pytest.mark.parametrize("as_archive", [True, False])
def test_a_package_comes_in_and_goes_out_equal(as_archive: bool) -> None:
    tables = make_tables(NAMED)

    assert read_again(tables, as_archive=as_archive) == tables


@settings(max_examples=60, deadline=None)
@given(surveys())
def test_whatever_named_organisations_tell_comes_back(told: Bundle) -> None:
    tables = make_tables(told)

    assert read_again(tables, as_archive=False) == tables


def test_what_is_withheld_stays_out_and_the_rest_comes_back() -> None:
    tables = make_tables(TOLD)

    again = read_again(tables, as_archive=True)

    for name in ("initiatives", "editions", "statements"):
        assert again[name] == tables[name]
