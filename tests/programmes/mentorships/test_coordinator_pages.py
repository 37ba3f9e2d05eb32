import io
from typing import Any

import pytest
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from programmes.audit.models import AuditEvent
from programmes.mentorships.domain import end_mentorship
from programmes.mentorships.models import Mentorship
from tests.matching.board.cast import address, coordinate, places_taken
from tests.programmes.mentorships.pairs import make_pair_cast, pair_of
from wimmentor.base.actors import SYSTEM

LIST_QUERIES = 7


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_alike_for_one_and_three(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = make_pair_cast(pairs=number)
    client = coordinate(cast)

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(address("mentorships-list", cast.cohort))

    assert len(page.context["lines"]) == number


@pytest.mark.django_db
def test_the_list_is_searched_and_filtered() -> None:
    cast = make_pair_cast(pairs=3)
    end_mentorship(mentorship=pair_of(cast, "Ana"), by=SYSTEM)
    client = coordinate(cast)

    def shown(**query: str) -> set[str]:
        page = client.get(address("mentorships-list", cast.cohort), query)
        return {line.mentee.first_name for line in page.context["lines"]}

    assert (shown(q="lucia"), shown(state="ended"), shown(state="active")) == ({"Lucía"}, {"Ana"}, {"Lucía", "Inés"})


@pytest.mark.django_db
def test_the_contact_list_holds_only_what_each_agreed_to() -> None:
    cast = make_pair_cast()
    carmen, lucia = cast["Carmen"], cast["Lucía"]
    carmen.consents.update(granted=False)
    lucia.first_name = "=HYPERLINK(1)"
    lucia.save()
    client = coordinate(cast)

    csv = client.get(address("mentorships-contacts", cast.cohort, form="csv")).content.decode("utf-8-sig")
    book = client.get(address("mentorships-contacts", cast.cohort, form="xlsx")).content

    row = [cell.value for cell in next(load_workbook(io.BytesIO(book)).active.iter_rows(min_row=2))]  # type: ignore[union-attr]
    assert (lucia.email in csv, lucia.phone in csv, carmen.email in csv) == (True, False, False)
    assert csv.splitlines()[1].startswith("'=HYPERLINK(1)")
    assert (row[0], row[1], row[2], row[5]) == ("=HYPERLINK(1) Paredes", lucia.email, None, None)
    assert [event.details for event in AuditEvent.objects.filter(verb="mentorships.exported").order_by("pk")] == [
        {"form": "csv", "rows": 1},
        {"form": "xlsx", "rows": 1},
    ]


@pytest.mark.django_db
def test_ended_pairs_are_on_no_contact_list() -> None:
    cast = make_pair_cast()
    end_mentorship(mentorship=pair_of(cast), by=SYSTEM)

    csv = coordinate(cast).get(address("mentorships-contacts", cast.cohort, form="csv")).content.decode("utf-8-sig")

    assert len(csv.splitlines()) == 1


@pytest.mark.django_db
def test_an_unknown_form_of_the_contact_list_is_missing() -> None:
    cast = make_pair_cast()

    assert coordinate(cast).get(address("mentorships-contacts", cast.cohort, form="pdf")).status_code == 404


@pytest.mark.django_db
def test_ending_asks_first_and_frees_both() -> None:
    cast = make_pair_cast()
    pair, client = pair_of(cast), coordinate(cast)
    shown = client.get(address("mentorship-detail", cast.cohort, pk=pair.pk)).content.decode()

    asked = client.get(address("mentorship-end", cast.cohort, pk=pair.pk)).content.decode()
    before = Mentorship.objects.get().state
    client.post(address("mentorship-end", cast.cohort, pk=pair.pk))
    again = client.post(address("mentorship-end", cast.cohort, pk=pair.pk))

    assert ("End this pair" in shown, "End the pair of Lucía Paredes and Carmen Ibáñez?" in asked) == (True, True)
    assert (before, Mentorship.objects.get().state, places_taken(cast)) == ("active", "ended", {"Carmen": 0})
    assert (again.status_code, "This pair has ended already." in again.content.decode()) == (409, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "method"), [("mentorship-detail", "get"), ("mentorship-end", "get"), ("mentorship-end", "post")]
)
def test_another_organisations_pair_is_as_good_as_none(name: str, method: str) -> None:
    cast, other = make_pair_cast(), make_pair_cast("wim-sierra")
    theirs, client = pair_of(other), coordinate(cast)

    def ask(cohort: Any, pk: int) -> Any:
        return getattr(client, method)(address(name, cohort, pk=pk))

    answers = [ask(cast.cohort, theirs.pk), ask(cast.cohort, 999_999), ask(other.cohort, theirs.pk)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.content for answer in answers}) == 1
    assert pair_of(other).state == "active"
