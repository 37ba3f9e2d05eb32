"""Answers from a spreadsheet, from the dry run into the drafts of organisations or their review."""

from datetime import date, timedelta
from typing import Any

import pytest

from inventory.initiatives.domain import save_sheet
from inventory.initiatives.models import Initiative, Record, Statement
from inventory.initiatives.queries import public_statements
from inventory.publications.models import Package
from inventory.waves.domain import apply_import, discard_import, prepare_import, publish_wave, submit_response
from inventory.waves.importing import Note, Plan, read_answers, read_files
from inventory.waves.models import AnswerImport, Wave, WaveResponse
from inventory.waves.targets import find_targets
from programmes.audit.models import AuditEvent
from programmes.organisations.models import Organisation
from programmes.people.retention import expire_personal_data
from tests.conftest import Clock
from tests.inventory.cast import edition, make_organisation, make_published, make_record
from tests.inventory.waves.cast import SHORT, accept, answer, make_wave, response_of
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db


def plan_of(*lines: str, name: str = "initiatives.csv") -> Plan:
    return read_answers(read_files([(name, "\n".join(lines).encode())]))


def bring_in(wave: Wave, *lines: str, name: str = "initiatives.csv", submit: bool = False) -> AnswerImport:
    prepared = prepare_import(wave=wave, plan=plan_of(*lines, name=name), file_name=name, by=SYSTEM)
    return apply_import(prepared=prepared, by=SYSTEM, submit=submit)


def counts(prepared: AnswerImport) -> tuple[int, int, int, int]:
    report = prepared.report
    return report["new"], report["changed"], report["same"], len(report["refused"])


def open_record_of(organisation: Organisation) -> Record:
    return Record.objects.get(organisation=organisation, initiative__isnull=False, review="draft")


def test_a_dry_run_writes_nothing() -> None:
    record = make_record(make_organisation("andes"))
    assert record.initiative is not None
    plan = plan_of("id,status,D5,edition", f"{record.initiative.code},idea,14,1")

    targets = find_targets(plan, make_wave())

    assert [(each.initiative, each.changes, each.editions, each.is_new) for each in targets] == [
        (record.initiative, ["B3"], ["1"], False)
    ]
    record.refresh_from_db()
    assert (record.answers["B3"], record.editions.count()) == ({"value": "running"}, 0)


def test_answers_go_into_the_draft_of_their_initiative() -> None:
    andes = make_organisation("andes")
    record = make_record(andes, editions=[edition("First", year=2025, D5=6)])
    wave = make_wave()
    assert record.initiative is not None

    done = bring_in(
        wave,
        "id,status,edition,year,D5,D7,source,as_of",
        f"{record.initiative.code},idea,first,,7,?,Their own file,2027-02-01",
        f"{record.initiative.code},idea,Second,2026,14,14,,",
    )

    record.refresh_from_db()
    assert (record.answers["B3"], record.answers["B1"]) == ({"value": "idea"}, {"value": "Mentoría"})
    assert (record.source, record.as_of) == ("Their own file", date(2027, 2, 1))
    assert [(each.label, each.year, each.answers) for each in record.editions.order_by("pk")] == [
        ("First", 2025, {"D5": {"value": 7}, "D7": {"state": "unknown"}}),
        ("Second", 2026, {"D5": {"value": 14}, "D7": {"value": 14}}),
    ]
    assert counts(done) == (0, 1, 0, 0)
    response = response_of(andes, wave)
    assert (response.state, response.started_at is not None) == ("draft", True)
    assert done.plan == {}


def test_what_was_told_last_time_is_carried_forward_under_the_answers_of_the_file() -> None:
    andes = make_organisation("andes")
    before = make_published(andes, B3="running")
    assert before.initiative is not None

    bring_in(make_wave(), "organisation,name,status", "ANDES,mentoria,concluded")

    draft = open_record_of(andes)
    assert (draft.carried_from, draft.answers["B3"]) == (before, {"value": "concluded"})
    before.refresh_from_db()
    assert (before.is_current, before.answers["B3"]) == (True, {"value": "running"})


def test_an_initiative_that_is_not_here_is_new_and_keeps_its_identifier() -> None:
    andes, wave = make_organisation("andes"), make_wave()

    done = bring_in(
        wave,
        "id,organisation,name,kinds,edition,D5",
        "seed-05,Andes,Umbral,coaching,1,14",
        ",andes,Otra,training,,",
    )

    codes = list(Initiative.objects.filter(organisation=andes).order_by("pk").values_list("code", flat=True))
    assert (codes[0], codes[1].startswith("andes-"), counts(done)) == ("seed-05", True, (2, 0, 0, 0))
    record = Record.objects.get(initiative__code="seed-05")
    assert (record.review, record.editions.get().answers) == ("draft", {"D5": {"value": 14}})


def test_brought_in_twice_nothing_changes() -> None:
    andes, wave = make_organisation("andes"), make_wave()
    lines = ("id,organisation,name,status,edition,D5", "seed-05,Andes,Umbral,running,1,14")
    bring_in(wave, *lines)
    version = open_record_of(andes).version

    done = bring_in(wave, *lines)

    assert (counts(done), open_record_of(andes).version) == ((0, 0, 1, 0), version)


def test_pressed_twice_it_is_done_once() -> None:
    make_organisation("andes")
    plan = plan_of("organisation,name,status", "Andes,Umbral,running")
    prepared = prepare_import(wave=make_wave(), plan=plan, file_name="x.csv", by=SYSTEM)

    first = apply_import(prepared=prepared, by=SYSTEM)
    second = apply_import(prepared=prepared, by=SYSTEM)

    assert (first.report, Initiative.objects.count()) == (second.report, 1)
    assert AuditEvent.objects.filter(verb="wave.imported").count() == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",Nobody,Umbral,running", "No organisation of this name is here. It registers first."),
        (",Twin,Umbral,running", "Several organisations have this name. Write its identifier."),
        ("seed-01,Norte,Umbral,running", "This identifier is of an initiative of another organisation."),
        ("data,Andes,Datos,running", "This code has another meaning here. Choose another."),
        (",Norte,Cerrada,running", "Its answers are with IWiM already. Return them first."),
    ],
)
def test_what_cannot_be_written_is_left_out_and_said(line: str, reason: str) -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    for slug in ("twin-a", "twin-b"):
        make_organisation(slug)
    Organisation.objects.filter(slug__startswith="twin").update(full_name="Twin", countries=("PE",))
    wave = make_wave()
    bring_in(wave, "id,organisation,name", "seed-01,Andes,Primera")
    make_record(norte, B1="Cerrada")
    answer(norte, wave)

    done = bring_in(wave, "id,organisation,name,status", line, ",Andes,Segunda,idea")

    assert [Note(**note) for note in done.report["refused"]] == [Note("initiatives", 2, "", reason)]
    assert andes.initiatives.count() == 2


def test_editions_of_an_initiative_that_nobody_knows_are_left_out() -> None:
    make_organisation("andes")

    done = bring_in(make_wave(), "initiative,organisation,label,D5", "Nada,Andes,1,14", name="editions.csv")

    assert done.report["refused"][0]["reason"].startswith("No initiative has this identifier or name.")
    assert Initiative.objects.count() == 0


def test_editions_alone_find_their_initiative_by_name() -> None:
    record = make_record(make_organisation("andes"))

    done = bring_in(make_wave(), "initiative,organisation,label,D5", "mentoría,Andes,1,14", name="editions.csv")

    assert (counts(done), record.editions.get().answers) == ((0, 1, 0, 0), {"D5": {"value": 14}})


def test_answers_about_the_organisation_go_into_its_sheet() -> None:
    andes = make_organisation("andes")

    bring_in(make_wave(), "id,part_of,A6,K4", "andes,,2011,aggregated", name="organisations.csv")

    sheet = Record.objects.get(organisation=andes, initiative=None)
    assert (sheet.answers["A6"], sheet.publishing) == ({"value": 2011}, "aggregated")


def test_statements_belong_to_the_wave() -> None:
    andes, wave = make_organisation("andes"), make_wave()
    lines = ("organisation,topic,value,as_of", "Andes,role_models,none,2027-01-10")

    done = [bring_in(wave, *lines, name="statements.csv") for _press in range(2)]

    statement = Statement.objects.get()
    assert (statement.value, statement.as_of, statement.is_public) == ("none", date(2027, 1, 10), False)
    assert list(response_of(andes, wave).statements.all()) == [statement]
    assert [counts(each) for each in done] == [(1, 0, 0, 0), (0, 0, 1, 0)]


def test_a_statement_is_public_with_its_wave_and_then_stays_as_it_is() -> None:
    andes, wave = make_organisation("andes"), make_wave()
    lines = ("organisation,topic,value,as_of", "Andes,role_models,none,2027-01-10")
    bring_in(wave, *lines, name="statements.csv")
    accept(answer(andes, wave, A10={"value": "no"}))

    before = public_statements().count()
    publish_wave(wave=wave, by=SYSTEM)
    later = bring_in(make_wave("2028"), lines[0], "Andes,role_models,many,2027-01-10", name="statements.csv")

    assert (before, [one.value for one in public_statements()], counts(later)) == (0, ["none"], (0, 0, 0, 1))


def test_what_is_in_is_not_thrown_away() -> None:
    make_organisation("andes")
    done = bring_in(make_wave(), "organisation,name", "Andes,Umbral")

    with pytest.raises(DomainError) as refused:
        discard_import(prepared=done, by=SYSTEM)

    assert (refused.value.code, AnswerImport.objects.count()) == ("applied", 1)


@pytest.mark.parametrize(("heading", "text"), [("as_of", "soon"), ("as_of", "20270110"), ("source", "x" * 201)])
def test_a_source_that_does_not_fit_is_refused_before_anything_is_written(heading: str, text: str) -> None:
    make_organisation("andes")
    plan = plan_of(f"organisation,name,{heading}", f"Andes,Umbral,{text}")

    done = bring_in(make_wave(), f"organisation,name,{heading}", f"Andes,Umbral,{text}")

    assert [(note.row, note.column) for note in plan.refused] == [(2, heading)]
    assert (counts(done), Initiative.objects.count()) == ((1, 0, 0, 1), 1)


@pytest.mark.parametrize(
    ("topic", "value", "day"), [("t" * 61, "none", ""), ("t", "x" * 301, ""), ("t", "none", "soon")]
)
def test_a_statement_that_does_not_fit_is_left_out_before(topic: str, value: str, day: str) -> None:
    plan = plan_of("organisation,topic,value,as_of", f"Andes,{topic},{value},{day}")

    assert (plan.statements, [note.row for note in plan.refused]) == ([], [2])


def test_of_which_organisation_one_is_a_part_is_not_read_and_said() -> None:
    plan = plan_of("id,name,part_of", "andes,Andes,norte")

    assert [(note.column, note.row) for note in plan.flagged] == [("part_of", 2)]
    assert len(plan.organisations) == 1


def test_sent_to_review_it_counts_as_their_answer() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    wave = make_wave()
    save_sheet(organisation=andes, given=SHORT, by=SYSTEM)
    head = "organisation,name,kinds,status,scope,mentor_target,matching_method"

    done = bring_in(wave, head, "Andes,Umbral,coaching,running,?,?,?", "Norte,Otra,coaching,running,?,?,?", submit=True)

    assert (response_of(andes, wave).state, response_of(norte, wave).state) == ("submitted", "draft")
    assert done.report["sent"] == 1
    assert [name for name, _reason in done.report["not_sent"]] == ["Norte"]
    assert norte.initiatives.count() == 1


def test_a_published_wave_takes_nothing() -> None:
    andes = make_organisation("andes")
    make_record(andes)
    wave = make_wave()
    accept(answer(andes, wave))
    prepared = prepare_import(wave=wave, plan=plan_of("id,status", "x,idea"), file_name="x.csv", by=SYSTEM)
    publish_wave(wave=wave, by=SYSTEM)
    prepared.wave.refresh_from_db()

    with pytest.raises(DomainError, match="is published"):
        apply_import(prepared=prepared, by=SYSTEM)
    with pytest.raises(DomainError, match="is published"):
        prepare_import(wave=prepared.wave, plan=Plan(), file_name="y.csv", by=SYSTEM)


def test_whom_a_plan_is_about_is_found_in_as_many_queries_for_three(django_assert_num_queries: Any) -> None:
    wave = make_wave()
    for number in range(3):
        make_record(make_organisation(f"wim-{number}"), editions=[edition("1", D5=6)])
    lines = [f"Wim-{number},Mentoría,idea,1,7" for number in range(3)]

    for some in (lines[:1], lines):
        plan = plan_of("organisation,name,status,edition,D5", *some)
        with django_assert_num_queries(5):
            targets = find_targets(plan, wave)
        assert [each.changes for each in targets] == [["B3"]] * len(some)


def test_what_was_read_is_gone_after_a_week(clock: Clock) -> None:
    make_organisation("andes")
    prepare_import(wave=make_wave(), plan=plan_of("id,status", "x,idea"), file_name="x.csv", by=SYSTEM)
    expire_personal_data(by=SYSTEM)
    assert AnswerImport.objects.count() == 1

    clock.shift(timedelta(days=8))
    expire_personal_data(by=SYSTEM)

    assert AnswerImport.objects.count() == 0


def test_discarded_it_leaves_no_trace_but_the_deed() -> None:
    prepared = prepare_import(wave=make_wave(), plan=plan_of("id,status", "x,idea"), file_name="x.csv", by=SYSTEM)

    discard_import(prepared=prepared, by=SYSTEM)

    assert AnswerImport.objects.count() == 0
    assert AuditEvent.objects.filter(verb="wave.import_discarded").count() == 1


def test_a_package_comes_into_an_empty_inventory_and_is_published_equal() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte", part_of=None)
    make_record(andes, editions=[edition("1", year=2026, D5=14, D7=14, F1=6.5)], B11=[{"organisation": "Cobre; Sur"}])
    make_record(norte, B1="=Otra", B5={"state": "declined"})
    wave = make_wave()
    for organisation in (andes, norte):
        accept(answer(organisation, wave))
    publish_wave(wave=wave, by=SYSTEM)
    package = Package.objects.get()
    archive = bytes(package.files.get(name="package.zip").content)
    before = package.tables
    _forget_everything()

    again = make_wave("again")
    prepared = prepare_import(
        wave=again, plan=read_answers(read_files([("package.zip", archive)])), file_name="package.zip", by=SYSTEM
    )
    done = apply_import(prepared=prepared, by=SYSTEM)
    for organisation in (andes, norte):
        save_sheet(organisation=organisation, given=SHORT, by=SYSTEM)
        accept(submit_response(response=response_of(organisation, again), confirmed=True, by=SYSTEM))
    publish_wave(wave=again, by=SYSTEM)

    assert done.report["refused"] == []
    assert Package.objects.get(wave=again).tables == before


def _forget_everything() -> None:
    """Back to an installation with organisations alone."""
    for model in (Package, AnswerImport, WaveResponse):
        model.objects.all().delete()
    Record.objects.update(carried_from=None)
    for model in (Record, Initiative, Wave):
        model.objects.all().delete()
