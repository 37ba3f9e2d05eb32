"""What an organisation no longer allows, and what is taken off the public list, leaves the data as it leaves pages."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inventory.initiatives.domain import archive_record, save_answers, save_sheet
from inventory.initiatives.models import Initiative, Record
from inventory.publications.models import Package
from inventory.publications.withheld import NOT_COUNTED, NOT_NAMED
from inventory.waves.domain import merge_organisations, publish_wave
from inventory.waves.models import Wave
from inventory.waves.queries import rows_of_wave
from programmes.organisations.models import Organisation
from tests.inventory.cast import editor, fields, make_organisation, make_record, reviewer
from tests.inventory.waves.cast import accept, answer, make_wave
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db


def publish(*organisations: Organisation, code: str = "2027", publishing: str = "yes") -> Wave:
    wave = make_wave(code)
    for organisation in organisations:
        accept(answer(organisation, wave, K4={"value": publishing}))
    return publish_wave(wave=wave, by=SYSTEM)


def allow(organisation: Organisation, publishing: str, **beside: str) -> None:
    save_sheet(organisation=organisation, given={"K4": {"value": publishing, **beside}}, by=SYSTEM)


def archive() -> None:
    archive_record(record=Record.objects.get(is_current=True, initiative__isnull=False), by=SYSTEM)


def package_of(code: str = "2027") -> tuple[int, Any]:
    package = Package.objects.get(wave__code=code)
    return package.version, package.tables


def heard(wave: Wave) -> list[str]:
    page = Client().get(reverse("wave-results", args=[wave.code]))
    return [name for name, _told in page.context["heard"]]


@pytest.fixture
def andes() -> Organisation:
    organisation = make_organisation("andes")
    make_record(organisation, B1="Umbral")
    return organisation


@pytest.mark.parametrize(("publishing", "reason"), [("aggregated", NOT_NAMED), ("no", NOT_COUNTED)])
def test_a_name_that_is_taken_back_leaves_the_data_at_once(andes: Organisation, publishing: str, reason: str) -> None:
    wave = publish(andes)

    allow(andes, publishing)

    version, tables = package_of()
    assert (version, tables["organisations"]["rows"], "ndes" in json.dumps(tables)) == (2, [], False)
    assert reason in json.dumps(tables["withheld"], ensure_ascii=False)
    assert b"ndes" not in Client().get(reverse("data-document", args=[wave.code])).content
    assert heard(wave) == []


def test_it_leaves_the_data_of_each_wave_of_its_and_of_no_other(andes: Organisation) -> None:
    publish(andes)
    publish(andes, code="2028")
    publish(make_organisation("norte"), code="2029")

    allow(andes, "aggregated")

    assert [package_of(code)[0] for code in ("2027", "2028", "2029")] == [2, 2, 1]


def test_who_is_counted_no_more_leaves_the_numbers(andes: Organisation) -> None:
    publish(andes, publishing="aggregated")

    allow(andes, "no")

    version, tables = package_of()
    withheld = json.dumps(tables["withheld"], ensure_ascii=False)
    assert (version, NOT_COUNTED in withheld, NOT_NAMED in withheld) == (2, True, False)


def test_a_form_that_takes_the_name_back_makes_the_data_anew(andes: Organisation) -> None:
    publish(andes)
    client, url = editor(andes), reverse("organisation-sheet-edit", args=["andes", "K"])

    client.post(url, fields(client, url) | {"K4": "aggregated"})

    assert package_of()[0] == 2


def test_what_changes_nothing_makes_no_new_version(andes: Organisation) -> None:
    publish(andes)
    initiative = Initiative.objects.get()

    allow(andes, "yes", words="gladly")
    save_answers(initiative=initiative, given={"B3": {"value": "discontinued"}}, by=SYSTEM)

    assert package_of()[0] == 1


def test_a_wave_without_data_gets_none_by_itself(andes: Organisation) -> None:
    publish(andes)
    Package.objects.all().delete()

    allow(andes, "no")

    assert Package.objects.count() == 0


def test_what_is_taken_off_the_list_leaves_data_and_results(andes: Organisation) -> None:
    wave = publish(andes)
    record = Record.objects.get(is_current=True, initiative__isnull=False)
    staff = reviewer()
    url = reverse("staff-initiative", args=[record.pk])

    staff.post(url, fields(staff, url) | {"decision": "archive"})

    version, tables = package_of()
    assert (version, tables["initiatives"]["rows"], "Umbral" in json.dumps(tables)) == (2, [], False)
    assert rows_of_wave(wave).initiatives == []
    assert heard(wave) == ["Andes"]


def test_it_leaves_earlier_waves_too(andes: Organisation) -> None:
    publish(andes)
    publish(andes, code="2028")

    archive()

    assert [package_of(code)[1]["initiatives"]["rows"] for code in ("2027", "2028")] == [[], []]


def test_what_is_told_anew_does_not_bring_it_back(andes: Organisation) -> None:
    first = publish(andes)
    archive()
    save_answers(initiative=Initiative.objects.get(), given={"B5": {"value": "Told anew"}}, by=SYSTEM)

    second = publish(andes, code="2028")

    assert [len(rows_of_wave(wave).initiatives) for wave in (first, second)] == [0, 1]


def test_it_leaves_the_wave_that_was_answered_under_another_name(andes: Organisation) -> None:
    publish(andes)
    publish(andes, code="2028")
    merge_organisations(source=andes, target=make_organisation("norte"), by=SYSTEM)

    archive()

    assert [package_of(code)[1]["initiatives"]["rows"] for code in ("2027", "2028")] == [[], []]


def test_whose_entry_was_taken_off_is_counted_without_its_name_as_before(andes: Organisation) -> None:
    wave = publish(andes, publishing="aggregated")

    archive()

    assert [(row.slug, row.named) for row in rows_of_wave(wave).organisations] == [("andes", False)]
