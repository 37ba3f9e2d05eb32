"""Packages of waves: made when a wave is published, at addresses that stay, and less where somebody asks for it."""

import csv
import gzip
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inventory.initiatives.domain import create_initiative, save_answers
from inventory.initiatives.models import Record
from inventory.publications.domain import publish_package, withdraw_rows
from inventory.publications.models import Package
from inventory.publications.tables import Table
from inventory.publications.withheld import NOT_NAMED, TAKEN_DOWN
from inventory.waves.domain import merge_organisations, publish_wave
from inventory.waves.models import Wave
from inventory.waves.queries import rows_of_wave
from programmes.audit.models import AuditEvent
from programmes.organisations.models import Organisation
from tests.conftest import Clock
from tests.inventory.cast import edition, initiative_of, make_member, make_organisation, make_record, signed_in
from tests.inventory.waves.cast import accept, answer, make_wave
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db


def tables_of(package: Package) -> dict[str, Table]:
    kept = Package.objects.get(pk=package.pk).tables
    return {name: Table(name, tuple(each["columns"]), tuple(map(tuple, each["rows"]))) for name, each in kept.items()}


def publish(*organisations: Organisation, code: str = "2027", publishing: str = "yes") -> Wave:
    wave = make_wave(code)
    for organisation in organisations:
        accept(answer(organisation, wave, K4={"value": publishing}))
    return publish_wave(wave=wave, by=SYSTEM)


@pytest.fixture
def andes() -> Organisation:
    organisation = make_organisation("andes")
    make_record(organisation, editions=[edition("1", year=2026, D5=14, D7=3)])
    return organisation


def get(name: str, *args: str, **headers: str) -> Any:
    return Client().get(reverse(name, args=args), headers=headers)


def test_publishing_a_wave_publishes_its_data(andes: Organisation) -> None:
    wave = publish(andes)

    package = Package.objects.get(wave=wave)
    tables = tables_of(package)
    assert (package.version, tables["initiatives"].column("organisation")) == (1, ("Andes",))
    assert (tables["editions"].column("mentee_count"), tables["editions"].column("pair_count")) == ((14,), (None,))
    assert AuditEvent.objects.filter(verb="package.published").count() == 1


def test_only_a_published_wave_has_data(andes: Organisation) -> None:
    wave = make_wave()
    accept(answer(andes, wave))

    with pytest.raises(DomainError, match="Publish the wave first"):
        publish_package(wave=wave, by=SYSTEM)

    assert Package.objects.count() == 0
    assert get("data-package", "2027").status_code == 404


def test_what_was_accepted_since_waits_for_the_next_publication(andes: Organisation) -> None:
    norte = make_organisation("norte")
    make_record(norte, B1="Otra")
    wave = make_wave()
    accept(answer(andes, wave))
    response = answer(norte, wave)
    publish_wave(wave=wave, by=SYSTEM)
    accept(response)

    before = publish_package(wave=wave, by=SYSTEM)
    assert tables_of(before)["organisations"].column("id") == ("andes",)

    publish_wave(wave=wave, by=SYSTEM)
    package = Package.objects.get(wave=wave)
    assert (package.version, tables_of(package)["organisations"].column("id")) == (3, ("andes", "norte"))


def test_a_package_stays_as_it_was_when_answers_change(andes: Organisation) -> None:
    wave = publish(andes)
    before = get("data-table", wave.code, "initiatives").content

    record = Record.objects.get(initiative__isnull=False, is_current=True)
    assert record.initiative is not None
    save_answers(initiative=record.initiative, given={"B3": {"value": "discontinued"}}, by=SYSTEM)

    assert get("data-table", wave.code, "initiatives").content == before


def test_whoever_does_not_want_to_be_named_has_no_row_in_any_file(andes: Organisation) -> None:
    wave = publish(andes, publishing="aggregated")

    tables = tables_of(Package.objects.get(wave=wave))
    assert [len(tables[name].rows) for name in ("organisations", "initiatives", "editions", "answers")] == [0] * 4
    assert b"ndes" not in b"".join(get("data-table", wave.code, name).content for name in tables)
    page = get("data-package", wave.code).content.decode()
    assert "without its name" in page
    assert "of fewer than five organisations" in page


def test_an_organisation_is_taken_down_with_all_that_is_its(andes: Organisation) -> None:
    norte = make_organisation("norte", part_of=andes, countries=("CL",))
    make_record(norte, B1="Otra", B9=["CL"])
    make_wave()
    wave = Wave.objects.get()
    for organisation in (andes, norte):
        accept(answer(organisation, wave))
    package = Package.objects.get(wave=publish_wave(wave=wave, by=SYSTEM))

    package = withdraw_rows(package=package, organisation=andes, by=SYSTEM)

    tables = tables_of(package)
    assert (package.version, tables["organisations"].column("id")) == (2, ("norte",))
    assert tables["organisations"].column("part_of") == (None,)
    assert tables["initiatives"].column("organisation_id") == ("norte",)
    assert tables["editions"].rows == ()
    said = [row for row in tables["withheld"].records() if row["reason"] == TAKEN_DOWN]
    assert [(row["table"], row["id"], row["number"]) for row in said] == [
        ("initiatives", None, 1),
        ("organisations", None, 1),
    ]
    assert "andes" not in json.dumps(package.tables)
    assert ("PE" in tables["code_lists"].column("code")) is False


def test_an_initiative_alone_is_taken_down_and_stays_out(andes: Organisation) -> None:
    second = make_record(andes, B1="Segunda")
    package = Package.objects.get(wave=publish(andes))
    assert second.initiative is not None

    withdraw_rows(package=package, initiative=second.initiative, by=SYSTEM)
    again = publish_package(wave=package.wave, by=SYSTEM)

    tables = tables_of(again)
    assert (again.version, len(tables["initiatives"].rows), len(tables["organisations"].rows)) == (3, 1, 1)
    said = [row for row in tables["withheld"].records() if row["reason"] == TAKEN_DOWN]
    assert [(row["table"], row["number"]) for row in said] == [("initiatives", 1)]
    assert second.initiative.code not in json.dumps(again.tables)


def test_two_that_are_taken_down_are_counted_together(andes: Organisation) -> None:
    make_record(andes, B1="Segunda")
    package = Package.objects.get(wave=publish(andes))
    for record in Record.objects.filter(is_current=True, initiative__isnull=False):
        package = withdraw_rows(package=package, initiative=record.initiative, by=SYSTEM)

    said = [row["number"] for row in tables_of(package)["withheld"].records() if row["reason"] == TAKEN_DOWN]
    assert said == [2]


def test_what_was_taken_down_stays_out_whoever_goes_on_with_it(andes: Organisation) -> None:
    norte = make_organisation("norte")
    theirs = make_record(norte, B1="Otra", B5="What Norte does")
    wave = make_wave()
    for organisation in (andes, norte):
        accept(answer(organisation, wave))
    package = Package.objects.get(wave=publish_wave(wave=wave, by=SYSTEM))
    withdraw_rows(package=package, organisation=norte, by=SYSTEM)
    merge_organisations(source=norte, target=andes, by=SYSTEM)

    again = publish_package(wave=wave, by=SYSTEM)

    assert tables_of(again)["organisations"].column("id") == ("andes",)
    assert len(tables_of(again)["initiatives"].rows) == 1
    text = json.dumps(again.tables).lower()
    assert [word for word in ("norte", initiative_of(theirs).code) if word in text] == []


def test_who_is_only_counted_is_taken_down_without_being_told(andes: Organisation) -> None:
    package = Package.objects.get(wave=publish(andes, publishing="aggregated"))

    package = withdraw_rows(package=package, organisation=andes, by=SYSTEM)

    assert rows_of_wave(package.wave).organisations == []
    reasons = {row["reason"] for row in tables_of(package)["withheld"].records()}
    assert reasons.isdisjoint({TAKEN_DOWN, NOT_NAMED})


def test_nothing_is_taken_down_twice(andes: Organisation) -> None:
    package = Package.objects.get(wave=publish(andes))
    withdraw_rows(package=package, organisation=andes, by=SYSTEM)

    with pytest.raises(DomainError, match="Nothing about it"):
        withdraw_rows(package=package, organisation=andes, by=SYSTEM)


def test_what_is_not_in_a_package_cannot_be_taken_down(andes: Organisation) -> None:
    package = Package.objects.get(wave=publish(andes))

    with pytest.raises(DomainError, match="Nothing about it"):
        withdraw_rows(package=package, organisation=make_organisation("norte"), by=SYSTEM)

    assert Package.objects.get().version == 1


def test_files_are_what_they_say(andes: Organisation) -> None:
    wave = publish(andes)

    table, document = get("data-table", wave.code, "initiatives"), get("data-document", wave.code)
    descriptor, archive = get("data-descriptor", wave.code), get("data-archive", wave.code)

    rows = list(csv.DictReader(io.StringIO(table.content.decode())))
    assert [row["organisation"] for row in rows] == ["Andes"]
    assert table["Content-Type"] == "text/csv; charset=utf-8"
    assert document.json()["tables"]["initiatives"][0]["organisation"] == "Andes"
    assert descriptor.json()["homepage"] == "http://127.0.0.1:8000/inventory/data/2027/"
    assert descriptor.json()["version"] == "1"
    with zipfile.ZipFile(io.BytesIO(archive.content)) as packed:
        assert packed.read("initiatives.csv") == table.content
        assert packed.read("datapackage.json") == descriptor.content
    assert archive["Content-Disposition"] == 'inline; filename="wim-inventory-2027-package.zip"'


@pytest.mark.parametrize(
    ("name", "args"),
    [("data-descriptor", ()), ("data-document", ()), ("data-archive", ()), ("data-table", ("editions",))],
)
def test_files_can_be_taken_by_any_site_and_are_sent_once(andes: Organisation, name: str, args: tuple[str]) -> None:
    wave = publish(andes)

    first = get(name, wave.code, *args)
    again = get(name, wave.code, *args, if_none_match=first["ETag"])
    since = get(name, wave.code, *args, if_modified_since=first["Last-Modified"])

    assert [answer["Access-Control-Allow-Origin"] for answer in (first, again, since)] == ["*"] * 3
    assert [answer.status_code for answer in (first, again, since)] == [200, 304, 304]


def test_a_new_version_is_sent_anew(andes: Organisation, clock: Clock) -> None:
    wave = publish(andes)
    first = get("data-document", wave.code)
    clock.shift(timedelta(hours=1))

    publish_package(wave=wave, by=SYSTEM)

    assert get("data-document", wave.code, if_none_match=first["ETag"]).status_code == 200
    assert get("data-document", wave.code, if_modified_since=first["Last-Modified"]).status_code == 200


def test_files_are_sent_compressed_to_whoever_reads_that(andes: Organisation) -> None:
    wave = publish(andes)

    plain = get("data-table", wave.code, "code_lists")
    packed = get("data-table", wave.code, "code_lists", accept_encoding="gzip")

    assert (packed["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", plain.content)
    assert packed["ETag"] == f"W/{plain['ETag']}"
    again = get("data-table", wave.code, "code_lists", accept_encoding="gzip", if_none_match=packed["ETag"])
    assert again.status_code == 304


@pytest.mark.parametrize("table", ["nothing", "contacts", "Initiatives"])
def test_there_are_no_other_tables(andes: Organisation, table: str) -> None:
    assert get("data-table", publish(andes).code, table).status_code == 404


def test_the_page_says_what_is_in_it_and_what_is_not(andes: Organisation) -> None:
    wave = publish(andes)

    page = get("data-package", wave.code).content.decode()

    for said in ("Between one and four people.", "mentee_count", "How are pairs matched?", "CC BY 4.0"):
        assert said in page


def test_pages_ask_the_same_number_of_questions(andes: Organisation, django_assert_num_queries: Any) -> None:
    wave = publish(andes)
    with django_assert_num_queries(1):
        get("data-packages")
    publish(andes, code="2028")
    with django_assert_num_queries(1):
        get("data-packages")
    with django_assert_num_queries(1):
        get("data-package", wave.code)
    with django_assert_num_queries(1):
        get("data-table", wave.code, "initiatives")


def test_the_register_has_the_latest_wave_first(andes: Organisation) -> None:
    publish(andes)
    wave = make_wave("2028", opens=-0.5)
    accept(answer(andes, wave))
    publish_wave(wave=wave, by=SYSTEM)

    page = get("data-packages").content.decode()

    assert page.index("Survey 2028") < page.index("Survey 2027")


def test_the_directory_offers_the_data(andes: Organisation) -> None:
    assert "Take the data" not in get("inventory-directory").content.decode()

    wave = publish(andes)

    page = get("inventory-directory").content.decode()
    assert reverse("data-archive", args=[wave.code]) in page


@pytest.mark.parametrize("code", ["data", "analysis", "waves", "export"])
def test_words_of_addresses_are_no_codes(andes: Organisation, code: str) -> None:
    with pytest.raises(DomainError, match="another meaning"):
        create_initiative(organisation=andes, by=SYSTEM, answers={"B1": {"value": "X"}}, code=code)


def test_an_initiative_keeps_its_page_beside_the_data(andes: Organisation) -> None:
    publish(andes)
    record = Record.objects.get(is_current=True, initiative__isnull=False)
    assert record.initiative is not None

    assert get("initiative-page", record.initiative.code).status_code == 200


def keep(client: Client, wave: Wave, **values: Any) -> Any:
    return client.post(reverse("staff-wave-data", args=[wave.code]), {"asked": "on", **values})


@pytest.fixture
def reviewer() -> Client:
    return signed_in(make_member(make_organisation("iwim", platform=True), "iwim_reviewer"))


def test_a_reviewer_takes_down_what_somebody_asked_for(andes: Organisation, reviewer: Client) -> None:
    wave = publish(andes)

    keep(reviewer, wave, organisation=andes.pk)

    package = Package.objects.get()
    assert (package.version, tables_of(package)["organisations"].rows) == (2, ())
    assert b"Andes" not in get("data-document", wave.code).content


@pytest.mark.parametrize("chosen", [{}, {"both": True}, {"asked": ""}])
def test_nothing_is_taken_down_that_is_not_said_clearly(
    andes: Organisation, reviewer: Client, chosen: dict[str, Any]
) -> None:
    wave = publish(andes)
    record = Record.objects.get(is_current=True, initiative__isnull=False)
    if chosen.pop("both", False):
        chosen = {"organisation": andes.pk, "initiative": record.initiative_id}

    page = keep(reviewer, wave, **chosen)

    assert (page.status_code, bool(page.context["form"].errors), Package.objects.get().version) == (200, True, 1)


def test_a_reviewer_makes_the_data_anew(andes: Organisation, reviewer: Client) -> None:
    wave = publish(andes)

    reviewer.post(reverse("staff-wave-data-again", args=[wave.code]))

    assert Package.objects.get().version == 2
    assert reviewer.get(reverse("staff-wave-data", args=[wave.code])).status_code == 200


def test_a_wave_without_data_gets_it(andes: Organisation, reviewer: Client) -> None:
    wave = publish(andes)
    Package.objects.all().delete()
    assert "no data yet" in reviewer.get(reverse("staff-wave-data", args=[wave.code])).content.decode()

    reviewer.post(reverse("staff-wave-data-again", args=[wave.code]))

    assert get("data-table", wave.code, "initiatives").status_code == 200
