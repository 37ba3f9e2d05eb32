"""Answers: what fits, what is refused with its reason, what two people write at once, what does not fit together."""

from typing import Any

import pytest
from django.urls import reverse

from inventory.initiatives.checking import clean_answer
from inventory.initiatives.contradictions import find_contradictions
from inventory.initiatives.domain import adopt_cohort, save_answers, save_edition
from inventory.initiatives.merging import digest_answer, merge_answers
from inventory.initiatives.models import Edition, Record
from inventory.initiatives.questionnaire import QUESTIONS
from inventory.initiatives.rows import EditionRow
from inventory.initiatives.wording import read_answer, word_value
from programmes.cohorts.models import CohortFigures
from tests.inventory.cast import make_member, make_organisation, make_published, make_record, signed_in
from tests.matching.board.cast import make_cohort
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError


def clean(code: str, value: Any, **more: Any) -> Any:
    return clean_answer(QUESTIONS[code], {"value": value, **more})


@pytest.mark.parametrize(
    ("code", "given", "kept"),
    [
        ("B2", ["coaching", "coaching"], ["coaching"]),
        ("B7", {"start": "2021-09", "end": ""}, {"start": "2021-09"}),
        ("B7", {"start": "before 2011-07"}, {"start": "before 2011-07"}),
        ("D5", 0, 0),
        ("D6", {"women": 3, "men": None}, {"women": 3}),
        ("E7", {"amount": "120.50", "currency": "PEN"}, {"amount": 120.5, "currency": "PEN"}),
        ("B11", [{"organisation": "Mine", "role": "host"}, {}], [{"organisation": "Mine", "role": "host"}]),
        ("B10", "https://example.org/a", "https://example.org/a"),
        ("F1", 6.5, 6.5),
        ("K5", True, True),
    ],
)
def test_what_fits_is_kept(code: str, given: Any, kept: Any) -> None:
    assert clean(code, given) == {"value": kept}


@pytest.mark.parametrize(
    ("code", "given", "field"),
    [
        ("B2", ["sleeping"], "B2"),
        ("B7", {"start": "2021-13"}, "B7__start"),
        ("B7", {"start": "soon"}, "B7__start"),
        ("D5", -1, "D5"),
        ("D5", 2.5, "D5"),
        ("D5", "1e400", "D5"),
        ("D6", {"others": 3}, "D6"),
        ("C7", 101, "C7"),
        ("E8", 6, "E8"),
        ("J1", ["funding", "language", "other", "recognition"], "J1"),
        ("B10", "javascript:alert(1)", "B10"),
        ("B5", "x" * 601, "B5"),
        ("A9", {"email": "nobody"}, "A9__email"),
        ("B6", {"first_year": 1492}, "B6__first_year"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(code: str, given: Any, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        clean(code, given)
    assert refused.value.field == field


def test_the_main_one_is_among_those_that_are_ticked() -> None:
    assert clean("B2", ["coaching"], main="coaching") == {"value": ["coaching"], "main": "coaching"}
    with pytest.raises(DomainError):
        clean("B2", ["coaching"], main="training")


def test_a_state_stands_only_where_there_is_no_value() -> None:
    assert clean_answer(QUESTIONS["D5"], {"value": 0, "state": "unknown"}) == {"value": 0}
    assert clean_answer(QUESTIONS["D5"], {"state": "declined", "words": " a\x00b "}) == {
        "state": "declined",
        "words": "ab",
    }
    assert clean_answer(QUESTIONS["D5"], {"state": "pending"}) is None


def test_two_people_change_different_answers_and_both_count() -> None:
    stored = {"B4": {"value": "mixed"}, "B8": {"value": "local"}}
    seen = {code: digest_answer(code, answer) for code, answer in stored.items()}
    first = merge_answers(stored, {"B4": {"value": "formal"}, "B8": {"value": "local"}}, seen)

    second = merge_answers(first.answers, {"B4": {"value": "mixed"}, "B8": {"value": "national"}}, seen)

    assert second.answers == {"B4": {"value": "formal"}, "B8": {"value": "national"}}
    assert (second.changed, second.conflicting) == (["B8"], {})


def test_two_people_change_the_same_answer_and_the_later_decides() -> None:
    seen = {"B4": digest_answer("B4", {"value": "mixed"})}

    merge = merge_answers({"B4": {"value": "formal"}}, {"B4": {"value": "informal"}}, seen)

    assert (merge.answers, merge.conflicting) == ({"B4": {"value": "formal"}}, {"B4": {"value": "formal"}})


def test_an_answer_taken_away_is_open_again() -> None:
    stored = {"B4": {"value": "mixed"}}
    assert merge_answers(stored, {"B4": None}, {"B4": digest_answer("B4", stored["B4"])}).answers == {}


@pytest.mark.django_db
def test_the_later_of_two_sees_what_the_first_wrote_and_keeps_hers() -> None:
    organisation = make_organisation("andes")
    record = make_record(organisation, B5="As it was")
    assert record.initiative is not None
    client = signed_in(make_member(organisation, "owner"))
    address = reverse("initiative-edit", args=["andes", record.initiative_id, "B"])
    form = client.get(address).context["form"]
    save_answers(initiative=record.initiative, given={"B5": {"value": "Hers"}}, by=SYSTEM)
    data = {"B1": "Mentoría", "B2": ["mentoring_1to1"], "B3": "running", "B8": "national", "seen": form["seen"].value()}

    page = client.post(address, {**data, "B5": "Mine"})
    kept = Record.objects.get().answers
    again = client.post(address, {**data, "B5": "Mine", "seen": page.context["form"].data["seen"]})

    assert ("Hers" in page.content.decode(), "Mine" in page.content.decode()) == (True, True)
    assert (kept["B5"], kept["B8"]) == ({"value": "Hers"}, {"value": "national"})
    assert (again.status_code, Record.objects.get().answers["B5"]) == (302, {"value": "Mine"})


@pytest.mark.django_db
def test_a_long_answer_is_shown_again_with_the_reason() -> None:
    organisation = make_organisation("andes")
    record = make_record(organisation)
    client = signed_in(make_member(organisation, "owner"))
    address = reverse("initiative-edit", args=["andes", record.initiative_id, "B"])

    page = client.post(address, {"B1": "Mentoría", "B5": "y" * 700, "B7__start": "some day"})

    errors = page.context["form"].errors
    assert set(errors) == {"B5", "B7__start"}
    assert "y" * 700 in page.content.decode()
    assert "B5" not in Record.objects.get().answers


def told(**answers: Any) -> dict[str, Any]:
    return {code: {"value": value} for code, value in answers.items()}


@pytest.mark.parametrize(
    ("initiative", "edition", "questions"),
    [
        ({"B2": ["mentoring_1to1"]}, {"D5": 38, "D7": 42}, ("D7", "D5")),
        ({"B2": ["mentoring_circle"]}, {"D5": 38, "D7": 42}, None),
        ({}, {"I3": {"percent": 91}}, ("I3",)),
        ({}, {"I3": {"percent": 91, "answered": 20}}, None),
        ({}, {"I2": {"mean": 4.8}}, ("I2",)),
        ({}, {"I2": {"mean": 6, "maximum": 5, "answered": 3}}, ("I2",)),
        ({}, {"D7": 10, "D9": {"completed": 8, "ended_early": 3}}, ("D9", "D7")),
        ({}, {"D7": 10, "D9": {"completed": 8, "ended_early": 2}}, None),
        ({}, {"D3": {"received": 10, "eligible": 12}}, ("D3",)),
        ({}, {"D6": {"total": 5, "women": 3, "men": 3}}, ("D6",)),
        ({}, {"I4": [{"number": 3}]}, ("I4",)),
        ({"B7": {"start": "2027", "end": "2026-12"}}, {}, ("B7",)),
        ({"B7": {"start": "2026-12", "end": "2026"}}, {}, None),
        ({"C2": {"minimum": 9, "maximum": 5}}, {}, ("C2",)),
    ],
)
def test_what_does_not_fit_together_is_named(initiative: Any, edition: Any, questions: Any) -> None:
    found = find_contradictions(told(**initiative), [EditionRow(label="1", answers=told(**edition))])

    assert [one.questions for one in found] == ([questions] if questions else [])


@pytest.mark.parametrize(
    ("code", "answer", "reader", "text"),
    [
        ("D5", {"value": 3}, "public", "hidden (1 to 4)"),
        ("D5", {"value": 3}, "iwim", "3"),
        ("D5", {"value": 0}, "public", "0"),
        ("D6", {"value": {"total": 12, "men": 2}}, "alliance", "All: 12, Men: hidden (1 to 4)"),
        (
            "I2",
            {"value": {"mean": 4, "maximum": 5, "answered": 61}},
            "alliance",
            "Mean: 4, Scale maximum: 5, Answered: 61",
        ),
        (
            "B2",
            {"value": ["coaching", "training"], "main": "training"},
            "public",
            "Coaching, Training / seminars (mainly)",
        ),
        ("J2", {"value": ["funding", "rotation"]}, "public", "1. Funding; 2. Rotation / shift rosters"),
        ("B7", {"value": {"start": "before 2011-07"}}, "public", "Start: before July 2011"),
        ("G4", {"value": [{"name": "A mine"}, {"name": "A bank"}]}, "public", "A mine; A bank"),
        ("A4", {"value": ["PE", "KE"]}, "public", "Peru, Kenya"),
    ],
)
def test_answers_are_worded_and_few_people_hidden(code: str, answer: Any, reader: str, text: str) -> None:
    assert word_value(QUESTIONS[code], answer, reader) == text


def test_no_answer_says_why() -> None:
    states = [read_answer(QUESTIONS["D5"], answers).answer for answers in ({}, {"D5": {"state": "declined"}})]
    assert states == ["Not answered yet", "Prefer not to say"]


@pytest.mark.django_db
def test_the_figures_of_a_cohort_enter_only_when_they_are_approved() -> None:
    cohort = make_cohort()
    CohortFigures.objects.create(cohort=cohort, matched=14, days_close_to_pairs=9, minutes=90)
    organisation = cohort.programme.organisation
    record = make_published(organisation)
    client = signed_in(make_member(organisation, "inventory_editor"))
    address = reverse("edition-adopt", args=[organisation.slug, record.initiative_id, cohort.pk])

    shown = client.get(address).content.decode()
    before = Edition.objects.count()
    client.post(address)
    CohortFigures.objects.update(matched=13)
    client.post(address)

    (edition,) = Edition.objects.all()
    assert ("Days to the pairs" in shown, before) == (True, 0)
    assert (edition.cohort, edition.answers["D7"], edition.answers["E5"]) == (cohort, {"value": 13}, {"value": 9})
    assert edition.answers["E6"] == {"value": {"volunteer": 1.5}}
    assert edition.record != record


@pytest.mark.django_db
def test_a_cohort_of_another_organisation_is_refused() -> None:
    record = make_record(make_organisation("andes"))
    assert record.initiative is not None
    with pytest.raises(DomainError) as refused:
        adopt_cohort(initiative=record.initiative, cohort=make_cohort(), by=SYSTEM)
    assert refused.value.code == "foreign_cohort"


@pytest.mark.django_db
def test_two_editions_of_one_name_are_refused() -> None:
    record = make_record(make_organisation("andes"))
    assert record.initiative is not None
    save_edition(initiative=record.initiative, label="1", given={"D5": {"value": 5}}, by=SYSTEM)
    with pytest.raises(DomainError) as refused:
        save_edition(initiative=record.initiative, label="1", given={}, by=SYSTEM)
    assert (refused.value.field, Edition.objects.count()) == ("label", 1)


@pytest.mark.django_db
def test_a_cohort_taken_again_leaves_words_and_comments() -> None:
    cohort = make_cohort()
    record = make_record(cohort.programme.organisation)
    one = adopt_cohort(initiative=record.initiative, cohort=cohort, by=SYSTEM)
    told = {**one.answers["F1"], "comment": "Two weeks of holidays in it"}
    save_edition(initiative=record.initiative, label=one.label, before=one, given={"F1": told}, by=SYSTEM)
    adopt_cohort(initiative=record.initiative, cohort=cohort, by=SYSTEM)
    one.refresh_from_db()
    assert one.answers["F1"].get("comment") == "Two weeks of holidays in it"
