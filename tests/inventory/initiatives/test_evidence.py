"""Files as evidence: who adds them, who reads them, who removes them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from inventory.initiatives.domain import (
    add_evidence,
    archive_record,
    remove_evidence,
    save_answers,
    save_sheet,
    submit_record,
    take_evidence_away,
)
from inventory.initiatives.domain.evidence import MOST_FILES
from inventory.initiatives.file_kinds import LARGEST_FILE
from inventory.initiatives.models import EvidenceFile, Initiative, Record
from inventory.models import WaveResponse
from inventory.waves.domain import merge_organisations
from programmes.access.links import create_link
from programmes.audit.models import AuditEvent
from programmes.organisations.models import Organisation
from programmes.people.erasure import erase_person
from programmes.people.models import User
from tests.inventory.cast import (
    editor,
    initiative_of,
    make_member,
    make_organisation,
    make_published,
    make_record,
    reviewer,
    signed_in,
)
from tests.inventory.shared_files import DOCX, PDF, WORD
from tests.inventory.waves.cast import answer, make_wave, response_of
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db

# --- One by one, and what is written down ---


@pytest.fixture
def andes() -> Organisation:
    return make_organisation("andes")


@pytest.fixture
def record(andes: Organisation) -> Record:
    return make_published(andes)


def add(record: Record, content: bytes = PDF, name: str = "report.pdf", by: Actor = SYSTEM) -> EvidenceFile:
    return add_evidence(initiative=initiative_of(record), name=name, content=content, by=by)


def test_the_same_file_twice_is_one(record: Record) -> None:
    add(record)

    with pytest.raises(DomainError) as refused:
        add(record, name="other.pdf")

    assert (refused.value.code, str(refused.value)) == ("same_file", "“other.pdf” is here already, as “report.pdf”.")
    assert EvidenceFile.objects.count() == 1


def test_the_sixth_file_is_one_too_many(record: Record) -> None:
    for number in range(MOST_FILES):
        add(record, PDF + bytes([number]))

    with pytest.raises(DomainError) as refused:
        add(record, name="sixth.pdf")

    assert (refused.value.code, "“sixth.pdf”" in str(refused.value)) == ("too_many", True)


def test_one_event_for_each_change_and_a_published_record_stays_closed(record: Record, andes: Organisation) -> None:
    AuditEvent.objects.all().delete()

    remove_evidence(file=add(record), by=SYSTEM)
    take_evidence_away(file=add(record), by=SYSTEM)

    told = AuditEvent.objects.order_by("pk").values_list("verb", "organisation_id")
    verbs = ["evidence.added", "evidence.removed", "evidence.added", "evidence.taken_away"]
    assert list(told) == [(verb, andes.pk) for verb in verbs]
    assert list(Record.objects.values_list("review", "version")) == [("published", record.version)]


def test_removed_by_two_it_is_removed_once(record: Record) -> None:
    file = add(record)
    remove_evidence(file=EvidenceFile.objects.get(), by=SYSTEM)

    with pytest.raises(DomainError) as refused:
        remove_evidence(file=file, by=SYSTEM)

    assert (refused.value.code, AuditEvent.objects.filter(verb="evidence.removed").count()) == ("file_gone", 1)


def started(organisation: Organisation) -> bool:
    """Whether the wave takes it for begun; it is as new again afterwards."""
    found = WaveResponse.objects.filter(organisation=organisation, started_at__isnull=False).exists()
    WaveResponse.objects.update(started_at=None)
    return found


def test_a_wave_knows_what_the_organisation_did_and_not_what_iwim_did(record: Record, andes: Organisation) -> None:
    make_wave()
    seen = [started(andes)]
    file = add(record)
    seen.append(started(andes))
    remove_evidence(file=file, by=SYSTEM)
    seen.append(started(andes))
    other = add(record)
    started(andes)
    take_evidence_away(file=other, by=SYSTEM)

    assert [*seen, started(andes)] == [False, True, True, False]


def test_files_go_with_the_initiative_where_its_organisation_is_merged(record: Record, andes: Organisation) -> None:
    norte = make_organisation("norte")
    add(record)
    stale = initiative_of(record)
    merge_organisations(source=andes, target=norte, by=SYSTEM)

    add_evidence(initiative=stale, name="later.pdf", content=PDF + b"2", by=SYSTEM)

    page = editor(norte).get(reverse("initiative-record", args=["norte", record.initiative_id])).content.decode()
    assert ("report.pdf" in page, "later.pdf" in page) == (True, True)
    assert AuditEvent.objects.get(verb="evidence.added", organisation_id=norte.pk).actor_kind == SYSTEM.kind


def test_who_added_it_is_forgotten_with_her_account_and_the_file_stays(record: Record, andes: Organisation) -> None:
    user = make_member(andes, "inventory_editor")
    add(record, by=Actor.of(user))

    erase_person(user=user, by=SYSTEM)

    assert list(EvidenceFile.objects.values_list("name", "added_by")) == [("report.pdf", None)]


# --- Pages ---


def own(name: str, record: Record, *more: int, organisation: str = "andes") -> str:
    return reverse(name, args=[organisation, record.initiative_id, *more])


def upload(client: Client, record: Record, content: bytes = PDF, name: str = "report.pdf") -> str:
    """Its name and type as a browser says them, which nobody believes. The page that comes."""
    file = SimpleUploadedFile(name, content, content_type="text/html")
    page = client.post(own("initiative-evidence-add", record), {"file": file}, follow=True)
    return page.content.decode()


def test_an_editor_adds_a_file_on_the_page_of_the_entry_and_removes_it(record: Record, andes: Organisation) -> None:
    client = editor(andes)
    empty = client.get(own("initiative-record", record)).content.decode()
    added = upload(client, record)
    file = EvidenceFile.objects.get()
    asked = client.get(own("initiative-evidence-remove", record, file.pk)).content.decode()
    still = EvidenceFile.objects.count()
    gone = client.post(own("initiative-evidence-remove", record, file.pk), follow=True).content.decode()

    said = ["No personal data of participants." in empty, 'enctype="multipart/form-data"' in empty]
    assert [*said, "report.pdf" in empty] == [True, True, False]
    assert (file.added_by, file.size, "“report.pdf” is added." in added) == (User.objects.get(), len(PDF), True)
    assert ("Remove “report.pdf”?" in asked, still) == (True, 1)
    assert ("“report.pdf” is removed." in gone, EvidenceFile.objects.count()) == (True, 0)


def test_a_refusal_is_said_on_the_page_and_names_the_file(record: Record, andes: Organisation) -> None:
    client = editor(andes)

    pages = [upload(client, record, b"", "empty.pdf"), upload(client, record, b"GIF89a", "moving.png")]
    large = upload(client, record, PDF + bytes(LARGEST_FILE), "large.pdf")
    nothing = client.post(own("initiative-evidence-add", record), follow=True).content.decode()

    assert ["“empty.pdf” is empty." in pages[0], "“moving.png” is none of these: PDF, PNG" in pages[1]] == [True, True]
    assert "“large.pdf” is larger than 5 MB." in large
    assert ("Choose a file." in nothing, EvidenceFile.objects.count()) == (True, 0)


def test_with_five_files_there_is_no_room_to_add_one(record: Record, andes: Organisation) -> None:
    client = editor(andes)
    for number in range(MOST_FILES):
        add(record, PDF + bytes([number]))

    page = client.get(own("initiative-record", record)).content.decode()

    assert ('type="file"' in page, "5 files are here, and no more fit." in page) == (False, True)


def test_who_may_only_look_reads_files_and_adds_none() -> None:
    """Reviewers of IWiM in IWiM's own inventory."""
    client = reviewer()
    mine = make_record(Organisation.objects.get(slug="iwim-office"))
    file, where = add(mine), {"organisation": "iwim-office"}

    page = client.get(own("initiative-record", mine, **where)).content.decode()
    answers = [
        client.get(own("initiative-evidence", mine, file.pk, **where)),
        client.post(own("initiative-evidence-add", mine, **where)),
        client.post(own("initiative-evidence-remove", mine, file.pk, **where)),
    ]

    assert ("report.pdf" in page, 'type="file"' in page) == (True, False)
    assert [answer.status_code for answer in answers] == [200, 403, 403]


def test_a_member_who_keeps_no_inventory_opens_no_file(record: Record, andes: Organisation) -> None:
    client, file = signed_in(make_member(andes, "reviewer")), add(record)

    assert client.get(own("initiative-evidence", record, file.pk)).status_code == 403


def test_the_link_of_a_wave_adds_reads_and_removes(record: Record, andes: Organisation) -> None:
    client = Client()
    path = "/" + create_link(purpose="inventory.answer", subject_id=andes.pk).split("/", 3)[3]
    client.post(path, follow=True)
    client.get(path, follow=True)

    upload(client, record)
    file = EvidenceFile.objects.get()
    read = client.get(own("initiative-evidence", record, file.pk))
    client.post(own("initiative-evidence-remove", record, file.pk))

    assert (read.content, file.added_by, EvidenceFile.objects.count()) == (PDF, None, 0)
    assert list(AuditEvent.objects.filter(verb__startswith="evidence").values_list("actor_kind")) == [("link",)] * 2


def test_a_file_is_only_saved_and_kept_by_no_cache(record: Record, andes: Organisation) -> None:
    file = add(record, DOCX, "Informe “ñ”; a=b.docx")

    answer = editor(andes).get(own("initiative-evidence", record, file.pk))

    assert (answer.content, answer["Content-Type"]) == (DOCX, WORD)
    quoted = "Informe%20%E2%80%9C%C3%B1%E2%80%9D%3B%20a%3Db.docx"
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quoted}"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert "sandbox" in answer["Content-Security-Policy"].split("; ")


def alliance(client: Client, record: Record, file: EvidenceFile) -> list[int]:
    """What a member of "norte" gets: the page of the initiative and the file."""
    code = Initiative.objects.get(pk=record.initiative_id).code
    page = client.get(reverse("alliance-initiative", args=["norte", code]))
    saved = client.get(reverse("alliance-evidence", args=["norte", code, file.pk]))
    assert page.status_code == 404 or f"/evidence/{file.pk}/" in page.content.decode()
    return [page.status_code, saved.status_code]


def test_the_alliance_reads_it_as_long_as_the_initiative_is_public(record: Record) -> None:
    client, file = editor(make_organisation("norte")), add(record)
    before = alliance(client, record, file)
    archive_record(record=record, by=SYSTEM)

    assert (before, alliance(client, record, file)) == ([200, 200], [404, 404])


def test_the_alliance_reads_no_file_of_who_is_not_named(record: Record, andes: Organisation) -> None:
    client, file = editor(make_organisation("norte")), add(record)

    save_sheet(organisation=andes, given={"K4": {"value": "aggregated"}}, by=SYSTEM)

    assert alliance(client, record, file) == [404, 404]


def test_an_unverified_organisation_and_a_wrong_initiative_open_nothing(record: Record, andes: Organisation) -> None:
    file, other = add(record), initiative_of(make_published(andes, B1="Other"))
    code = initiative_of(record).code
    norte = editor(make_organisation("norte"))
    stranger = editor(make_organisation("stranger", verified=False))

    answers = [
        norte.get(reverse("alliance-evidence", args=["norte", other.code, file.pk])),
        stranger.get(reverse("alliance-evidence", args=["stranger", code, file.pk])),
        norte.get(own("initiative-evidence", record, file.pk)),
        norte.get(own("initiative-evidence", record, file.pk, organisation="norte")),
        editor(andes).get(reverse("initiative-evidence", args=["andes", other.pk, file.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


def test_the_public_finds_no_file(record: Record) -> None:
    file, code = add(record), initiative_of(record).code

    page = Client().get(reverse("initiative-page", args=[code])).content.decode()
    answer = Client().get(own("initiative-evidence", record, file.pk))

    assert ("report.pdf" in page, answer.status_code, "/login/" in answer["Location"]) == (False, 302, True)


def test_iwim_reads_when_it_was_added_and_takes_it_away(record: Record, andes: Organisation) -> None:
    staff, file = reviewer(), add(record)
    address = reverse("staff-initiative", args=[record.pk])

    page = staff.get(address).content.decode()
    saved = staff.get(reverse("staff-evidence", args=[file.pk]))
    asked = staff.get(reverse("staff-evidence-remove", args=[file.pk]))
    gone = staff.post(reverse("staff-evidence-remove", args=[file.pk]))

    day = date_format(file.added_at, "DATE_FORMAT")
    assert ("report.pdf" in page, f"added on {day}" in page, saved.content) == (True, True, PDF)
    assert (asked.status_code, gone["Location"], EvidenceFile.objects.count()) == (200, address, 0)


def test_files_of_a_draft_are_the_organisations_own(andes: Organisation) -> None:
    draft = make_record(andes)
    staff, file = reviewer(), add(draft)
    before = staff.get(reverse("staff-evidence", args=[file.pk])).status_code
    submit_record(record=draft, by=SYSTEM)

    assert (before, staff.get(reverse("staff-evidence", args=[file.pk])).status_code) == (404, 200)


def test_while_iwim_reads_the_entry_a_file_can_follow(andes: Organisation) -> None:
    sent = make_record(andes)
    submit_record(record=sent, by=SYSTEM)

    upload(editor(andes), sent)

    assert "report.pdf" in reviewer().get(reverse("staff-initiative", args=[sent.pk])).content.decode()


def test_a_response_to_a_wave_is_read_with_its_files(record: Record, andes: Organisation) -> None:
    wave = make_wave()
    answer(andes, wave)
    file = add(record)

    page = reviewer().get(reverse("staff-wave-response", args=[wave.code, response_of(andes, wave).pk]))

    assert reverse("staff-evidence", args=[file.pk]) in page.content.decode()


def test_a_link_stays_an_answer_beside_the_files(record: Record, andes: Organisation) -> None:
    save_answers(initiative=initiative_of(record), given={"I5": {"value": "https://example.org/report"}}, by=SYSTEM)

    page = editor(andes).get(own("initiative-record", record)).content.decode()

    assert page.count("https://example.org/report") >= 1
    assert "Evidence you can share (report, link, file)" in page


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_often_for_many_files_as_for_one_and_load_none(
    count: int, record: Record, andes: Organisation, django_assert_num_queries: Any
) -> None:
    wave, staff, code = make_wave(), reviewer(), initiative_of(record).code
    answer(andes, wave)
    for number in range(count):
        add(record, PDF + bytes([number]))
    response = response_of(andes, wave)
    visits = [
        (editor(andes), own("initiative-record", record), 14),
        (staff, reverse("staff-initiative", args=[record.pk]), 7),
        (staff, reverse("staff-wave-response", args=[wave.code, response.pk]), 15),
        (editor(make_organisation("norte")), reverse("alliance-initiative", args=["norte", code]), 7),
    ]

    for client, address, most in visits:
        with django_assert_num_queries(most) as asked:
            page = client.get(address).content.decode()
        assert page.count('<h3 class="h"><a') >= count
        assert [query["sql"] for query in asked.captured_queries if '"content"' in query["sql"]] == []
