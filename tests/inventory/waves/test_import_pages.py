"""What a reviewer sees who brings in spreadsheets: the look before, the writing, the refusals."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inventory.initiatives.models import Initiative
from inventory.waves.domain import prepare_import
from inventory.waves.importing import Plan
from inventory.waves.models import AnswerImport, Wave
from programmes.outbox.models import OutboxEmail
from tests.inventory.cast import make_member, make_organisation, signed_in
from tests.inventory.waves.cast import make_wave
from tests.inventory.waves.test_imports import open_record_of
from wimmentor.base.actors import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> Client:
    return signed_in(make_member(make_organisation("iwim", platform=True), "iwim_reviewer"))


def send(client: Client, wave: Wave, *files: tuple[str, bytes]) -> Any:
    sent = []
    for name, data in files:
        file = BytesIO(data)
        file.name = name
        sent.append(file)
    return client.post(reverse("staff-wave-import", args=[wave.code]), {"sent": "1", "spreadsheets": sent})


def test_a_reviewer_looks_and_then_writes(reviewer: Client) -> None:
    andes = make_organisation("andes")
    wave = make_wave()
    letters = OutboxEmail.objects.count()

    answered = send(
        reviewer,
        wave,
        ("initiatives.csv", b"organisation,name,status,kinds\nAndes,Umbral,running,juggling\nNobody,X,idea,coaching\n"),
        ("editions.csv", b"initiative,organisation,label,D5\nUmbral,Andes,1,14\n"),
    )

    prepared = AnswerImport.objects.get()
    look = reverse("staff-wave-import-look", args=[wave.code, prepared.pk])
    assert (answered["Location"], prepared.file_name) == (look, "initiatives.csv, editions.csv")
    page = reviewer.get(look).content.decode()
    for said in (
        "3 rows read: 1 new",
        "1 left out",
        "“juggling” is none of the choices.",
        "No organisation of this name",
    ):
        assert said in page
    assert Initiative.objects.count() == 0

    reviewer.post(look, {"step": "write"})

    assert "What was written" in reviewer.get(look).content.decode()
    record = open_record_of(andes)
    assert (record.name, record.editions.get().answers) == ("Umbral", {"D5": {"value": 14}})
    assert OutboxEmail.objects.count() == letters


def test_a_reviewer_may_bring_in_nothing(reviewer: Client) -> None:
    wave = make_wave()
    send(reviewer, wave, ("initiatives.csv", b"id,status\nx,idea\n"))
    look = reverse("staff-wave-import-look", args=[wave.code, AnswerImport.objects.get().pk])

    answered = reviewer.post(look, {"step": "discard"})

    assert (answered["Location"], AnswerImport.objects.count()) == (reverse("staff-wave-import", args=[wave.code]), 0)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "Choose a file."),
        ([("x.pdf", b"%PDF-1.4")], "We read CSV and XLSX files."),
        ([("x.zip", b"PK\x03\x04 broken")], "This archive is damaged or protected."),
        ([("x.csv", b"a,b\n")] * 11, "At most 10 files at once."),
    ],
)
def test_files_that_cannot_be_read_are_refused(reviewer: Client, files: list[tuple[str, bytes]], said: str) -> None:
    page = send(reviewer, make_wave(), *files)

    assert (page.status_code, said in page.content.decode()) == (200, True)
    assert AnswerImport.objects.count() == 0


def test_an_import_is_found_only_in_its_wave(reviewer: Client) -> None:
    wave = make_wave()
    prepared = prepare_import(wave=wave, plan=Plan(), file_name="x.csv", by=Actor("system"))
    make_wave("other", is_open=False)

    assert reviewer.get(reverse("staff-wave-import-look", args=["other", prepared.pk])).status_code == 404


def test_an_empty_plan_says_so(reviewer: Client) -> None:
    wave = make_wave()
    send(reviewer, wave, ("initiatives.csv", b"id,status\n"))

    page = reviewer.get(reverse("staff-wave-import-look", args=[wave.code, AnswerImport.objects.get().pk]))

    assert "No row could be read" in page.content.decode()
