import csv
import io
from collections.abc import Collection
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inventory.analysis.levels import Level, survey_for
from inventory.analysis.overview import READ, overview_of
from inventory.analysis.pages.whole import READ_BY, SHEETS, Analysis
from inventory.analysis.queries import Source
from inventory.initiatives.models import Record
from inventory.initiatives.rows import Bundle
from inventory.waves.domain import publish_wave
from programmes.organisations.models import Organisation
from tests.inventory.analysis.crowd import invent_rows, keep_rows
from tests.inventory.cast import edition, make_member, make_organisation, make_published, signed_in
from tests.inventory.waves.cast import accept, answer, make_wave
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db


def read_csv(client: Client, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))


def staff() -> Client:
    return signed_in(make_member(make_organisation("iwim", platform=True, type="iwim"), "iwim_reviewer"))


def test_page_tells_what_is_public_now_where_no_wave_is_published() -> None:
    make_published(make_organisation("andes"), C1=["graduate"], E1=["hand_coordinator"], H1="no")

    page = Client().get(reverse("inventory-analysis"))

    assert page.context["source"].label == "What is public now"
    assert dict(page.context["analysis"].overview.figures) == {
        "initiatives": "1",
        "organisations heard": "1",
        "one-to-one programmes": "1",
        "say how they make pairs": "1",
    }


def test_page_without_any_answer_says_so() -> None:
    page = Client().get(reverse("inventory-analysis"))

    assert page.status_code == 200
    assert b"Too few organisations tell enough to compare anything." in page.content


def test_wave_is_chosen_or_the_latest_published_one() -> None:
    andes = make_organisation("andes")
    make_published(andes, C1=["graduate"])
    wave = make_wave("2027")
    accept(answer(andes, wave))
    open_wave = make_wave("2028", opens=1, closes=60)
    publish_wave(wave=type(wave).objects.get(pk=wave.pk), by=SYSTEM)

    latest, now, unknown, unpublished = (
        Client().get(reverse("inventory-analysis"), {"wave": code} if code else {})
        for code in ("", "now", "1999", open_wave.code)
    )

    assert (latest.context["source"].code, now.context["source"].code) == ("2027", "now")
    assert (unknown.status_code, unpublished.status_code) == (404, 404)
    assert staff().get(reverse("staff-analysis"), {"wave": open_wave.code}).status_code == 200


def test_members_of_verified_organisations_see_more_and_others_what_everybody_sees() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte", verified=False)
    make_published(andes)

    levels = [
        signed_in(make_member(one, "inventory_editor"))
        .get(reverse("organisation-analysis", args=[one.slug]))
        .context["room"]
        .level
        for one in (andes, norte)
    ]

    assert levels == ["alliance", "public"]
    assert staff().get(reverse("staff-analysis")).context["room"].level == "iwim"


def test_stranger_and_member_without_the_right_see_nothing_of_an_organisations_or_iwims_page() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    stranger = signed_in(make_member(norte, "owner"))

    assert stranger.get(reverse("organisation-analysis", args=[andes.slug])).status_code == 404
    assert stranger.get(reverse("staff-analysis")).status_code == 403


def test_cross_table_shows_its_sums_and_comes_as_csv() -> None:
    andes = make_organisation("andes")
    make_published(andes, B2=["mentoring_1to1"], F3="online")
    make_published(make_organisation("norte"), B1="Two", B2=["coaching"], F3="online")
    wanted = {"row": "kinds", "column": "delivery", "wave": "now"}

    page = Client().get(reverse("inventory-analysis-table"), wanted)
    address = next(part for part in page.content.decode().split('"') if "/files/table/" in part).replace("&amp;", "&")

    rows = read_csv(Client(), address)
    assert rows[0] == ["code", "Kinds", "Online", "In person", "Hybrid", "Total"]
    assert [row for row in rows if row[0] in ("mentoring_1to1", "coaching", "")] == [
        ["mentoring_1to1", "One-to-one mentoring", "1", "0", "0", "1"],
        ["coaching", "Coaching", "1", "0", "0", "1"],
        ["", "Total", "2", "0", "0", "2"],
    ]


@pytest.mark.parametrize(
    "wanted",
    [{"row": "kinds", "column": "kinds"}, {"row": "nonsense", "column": "kinds"}, {"row": "tools", "column": "kinds"}],
)
def test_table_that_cannot_be_made_says_why_and_gives_no_file(wanted: dict[str, str]) -> None:
    """Tools are told to members only."""
    page = Client().get(reverse("inventory-analysis-table"), wanted)

    assert page.status_code == 200
    assert b'role="alert"' in page.content
    assert Client().get(reverse("inventory-analysis-file", args=["table"]), wanted).status_code == 404


def test_every_table_of_the_page_can_be_taken_along() -> None:
    keep_rows(invent_rows(60, 20))
    page = Client().get(reverse("inventory-analysis"))

    files = {name: read_csv(Client(), reverse("inventory-analysis-file", args=[name])) for name in SHEETS}

    assert [page.context["analysis"].sheet(name).name for name in SHEETS] == list(SHEETS)
    assert [name for name, rows in files.items() if len(rows) < 2 or len({len(row) for row in rows}) > 1] == []
    assert [name for name in SHEETS if f"/inventory/analysis/files/{name}/" not in page.content.decode()] == []
    assert Client().get(reverse("inventory-analysis-file", args=["nonsense"])).status_code == 404


def test_hidden_is_said_on_pages_and_in_files() -> None:
    named = [make_organisation(f"named{number}") for number in range(6)]
    unnamed = [make_organisation(f"unnamed{number}") for number in range(2)]
    for organisation in named:
        make_published(organisation, F3="online", J1=["structure"])
    for organisation in unnamed:
        make_published(organisation, F3="hybrid", J1=["funding"])
    wave = make_wave()
    for organisation in named:
        accept(answer(organisation, wave))
    for organisation in unnamed:
        accept(answer(organisation, wave, K4={"value": "aggregated"}))
    publish_wave(wave=wave, by=SYSTEM)

    rows = read_csv(Client(), reverse("inventory-analysis-file", args=["success"]))
    page = Client().get(reverse("inventory-analysis")).content.decode()

    assert ["funding", "Stable funding", "hidden", "hidden"] in rows
    assert "Some organisations" not in page
    assert "some organisations are counted without their name" in page


def test_what_is_public_now_holds_those_who_give_their_name_and_for_iwim_all() -> None:
    """From day to day one more in every table would be one organisation's answers."""
    make_published(make_organisation("andes"), F3="online")
    norte = make_organisation("norte")
    make_published(norte, F3="hybrid")
    publish_sheet(norte, K4={"value": "aggregated"})
    table = "?row=delivery&column=kinds&wave=now"

    public = read_csv(Client(), reverse("inventory-analysis-file", args=["table"]) + table)
    iwim = read_csv(staff(), reverse("staff-analysis-file", args=["table"]) + table)

    assert [{row[1]: row[-1] for row in rows}["Hybrid"] for rows in (public, iwim)] == ["0", "1"]


def test_answers_that_are_not_public_are_told_of_published_waves_only() -> None:
    for number in range(6):
        told = [edition("1", D2=20, D5=12, D7=10)]
        make_published(make_organisation(f"org{number}"), E1=["hand_coordinator"], editions=told)
    wave = make_wave()
    for organisation in Organisation.objects.all():
        accept(answer(organisation, wave))
    publish_wave(wave=wave, by=SYSTEM)
    address = reverse("inventory-analysis-file", args=["matching"])

    uptake = {
        code: next(row for row in read_csv(Client(), f"{address}?wave={code}") if row[2] == "Uptake")
        for code in ("now", "2027")
    }

    assert (uptake["now"][3], uptake["2027"][3:5]) == ("hidden", ["0.6", ""])


def test_tables_of_a_wave_are_of_those_who_give_their_name_and_for_iwim_of_all() -> None:
    """However many of them are laid beside each other, nothing can be worked out of the others."""
    named, unnamed = ([make_organisation(f"{word}{number}") for number in range(6)] for word in ("named", "unnamed"))
    for organisation in [*named, *unnamed]:
        make_published(organisation, F3="online", C1=["graduate"])
    wave = make_wave()
    for organisation in [*named, *unnamed]:
        said = "yes" if organisation in named else "aggregated"
        accept(answer(organisation, wave, K4={"value": said}))
    publish_wave(wave=wave, by=SYSTEM)
    rooms = ((Client(), "inventory-analysis"), (staff(), "staff-analysis"))

    crossed = [
        read_csv(client, reverse(f"{room}-file", args=["table"]) + "?row=delivery&column=kinds")
        for client, room in rooms
    ]
    gaps = [read_csv(client, reverse(f"{room}-file", args=["gaps-seniority"])) for client, room in rooms]

    assert [next(row[-1] for row in rows if row[1] == "Online") for rows in crossed] == ["6", "12"]
    assert [next(row[2] for row in rows if row[0] == "graduate") for rows in gaps] == ["6", "12"]
    assert [("give their name" in client.get(reverse(room)).content.decode()) for client, room in rooms] == [
        True,
        False,
    ]


def publish_sheet(organisation: Organisation, **answers: Any) -> None:
    Record.objects.create(
        organisation=organisation,
        answers=answers,
        review=Record.Review.PUBLISHED,
        published_at=clock.now(),
        is_current=True,
    )


@pytest.mark.parametrize("page", ["inventory-analysis", "inventory-analysis-table"])
def test_a_wave_that_cannot_be_is_not_found(page: str) -> None:
    assert Client().get(reverse(page), {"wave": "20\x0027"}).status_code == 404


def test_no_organisation_is_named() -> None:
    for number in range(7):
        told = [edition("1", D2=20, D5=18, D7=15, E5=9)]
        make_published(make_organisation(f"unmistakable{number}"), B1=f"X{number}", E1=["expert"], editions=told)

    for room in (Client().get(reverse("inventory-analysis")), staff().get(reverse("staff-analysis"))):
        assert b"nmistakable" not in room.content


@pytest.mark.parametrize("name", ["inventory-analysis", "inventory-analysis-table"])
def test_queries_do_not_grow_with_the_number_of_initiatives(name: str) -> None:
    counts = []
    for number in (1, 3, 30):
        keep_rows(invent_rows(number, number, name=f"crowd{number}"))
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(reverse(name)).status_code == 200
        counts.append(len(queries))

    assert counts == [7, 7, 7]


def test_first_look_reads_the_same_from_the_few_answers_it_needs() -> None:
    keep_rows(invent_rows(40, 15))
    source = Source(None)

    whole, few = source.rows(), source.rows(READ)

    assert overview_of(few, "public") == overview_of(whole, "public")
    assert {code for row in few.initiatives for code in row.answers} <= set(READ)
    assert [row.named for row in few.organisations] == [row.named for row in whole.organisations]


def test_files_and_tables_of_few_answers_read_the_same() -> None:
    keep_rows(invent_rows(150, 40))
    source = Source(None)
    whole = source.rows()

    levels: tuple[Level, ...] = ("public", "alliance", "iwim")
    for level in levels:
        for name, codes in READ_BY.items():
            all_of_it, few = (Analysis(survey_for(rows, level)).sheet(name) for rows in (whole, source.rows(codes)))
            assert list(few.export_rows) == list(all_of_it.export_rows), (name, level)
    assert all(0 < len(codes) < 12 for codes in READ_BY.values())


def test_table_and_file_ask_for_the_answers_they_are_made_of_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []

    def rows(source: Source, codes: Collection[str] = ()) -> Bundle:
        asked.append(set(codes))
        return Bundle()

    monkeypatch.setattr(Source, "rows", rows)
    wanted = {"row": "delivery", "column": "country"}

    Client().get(reverse("inventory-analysis-table"), wanted)
    Client().get(reverse("inventory-analysis-file", args=["table"]), wanted)
    Client().get(reverse("inventory-analysis-file", args=["success"]))

    deciding = {"B2", "C6", "C10"}
    assert asked == [deciding | {"F3"}, deciding | {"F3"}, deciding | {"J1"}]


def test_iwim_looks_into_a_wave_that_is_not_published_yet() -> None:
    andes = make_organisation("andes")
    make_published(andes, C1=["graduate"])
    wave = make_wave("2027")
    accept(answer(andes, wave))

    page = staff().get(reverse("staff-analysis"), {"wave": "2027"})

    assert dict(page.context["analysis"].overview.figures)["initiatives"] == "1"
    assert Client().get(reverse("inventory-analysis"), {"wave": "2027"}).status_code == 404
