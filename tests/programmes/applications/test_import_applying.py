"""Spreadsheets in: by the browser and by the command, once, and never with a mail."""

import io
import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from programmes.applications.domain import apply_import, prepare_import
from programmes.applications.import_wording import word_report
from programmes.applications.models import Application, ApplicationConsent, ImportBatch
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.outbox.models import OutboxEmail
from tests.programmes.applications.coordinators import apply_as, make_cohort
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError
from wimmentor.base.spreadsheets import read_table

pytestmark = pytest.mark.django_db
GOOD = 'email,name,country,years_experience\nana@example.org,Ana Rojas,CL,"4,5"\nberta@example.org,Berta Cano,PE,2\n'
MIXED = GOOD + ",Carla Soto,PE,2\n"


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def prepare(cohort: Cohort, text: str, **options: Any) -> ImportBatch:
    table = read_table(io.BytesIO(text.encode()), "people.csv")
    chosen = {"role": "mentee", "accept": False, "consent_attested": True, **options}
    return prepare_import(cohort=cohort, table=table, file_name="people.csv", by=SYSTEM, **chosen)


def bring_in(cohort: Cohort, text: str, **options: Any) -> dict[str, Any]:
    return word_report(apply_import(batch=prepare(cohort, text, **options), by=SYSTEM).report)


def counts(report: dict[str, Any]) -> tuple[int, int, int, int]:
    return report["read"], report["created"], report["updated"], len(report["refused"])


def test_dry_run_writes_nobody_and_keeps_the_rows(cohort: Cohort) -> None:
    batch = prepare(cohort, MIXED)

    assert counts(batch.report) == (3, 2, 0, 1)
    assert [person["name"] for person in batch.report["people"]] == ["Ana Rojas", "Berta Cano"]
    assert Application.objects.count() == 0


def test_good_rows_go_in_with_attested_consents_and_without_mail(cohort: Cohort) -> None:
    report = bring_in(cohort, MIXED)

    assert counts(report) == (3, 2, 0, 1)
    rows = Application.objects.values_list(
        "email", "first_name", "status", "source", "years_experience", "import_row", "name_folded"
    )
    assert [(*row[:4], str(row[4]), *row[5:]) for row in rows.order_by("pk")] == [
        ("ana@example.org", "Ana", "submitted", "import", "4.5", 2, "ana rojas"),
        ("berta@example.org", "Berta", "submitted", "import", "2.0", 3, "berta cano"),
    ]
    consents = ApplicationConsent.objects.filter(application__email="ana@example.org")
    assert list(consents.values_list("purpose", "granted", "given_by")) == [
        ("privacy", True, "import"),
        ("shown_to_pair", True, "import"),
        ("contact_email", True, "import"),
    ]
    assert OutboxEmail.objects.count() == 0
    assert list(AuditEvent.objects.filter(verb__startswith="import.").values_list("verb", flat=True)) == [
        "import.prepared",
        "import.applied",
    ]


def test_after_it_nothing_personal_is_left_in_the_batch(cohort: Cohort) -> None:
    bring_in(cohort, MIXED)

    batch = ImportBatch.objects.get()
    assert (batch.rows, batch.report["people"]) == ([], [])
    assert batch.applied_at is not None


def test_applied_twice_it_goes_in_once(cohort: Cohort) -> None:
    batch = prepare(cohort, GOOD)

    apply_import(batch=ImportBatch.objects.get(pk=batch.pk), by=SYSTEM)
    again = apply_import(batch=batch, by=SYSTEM)

    assert Application.objects.count() == 2
    assert again.report["created"] == 2
    assert AuditEvent.objects.filter(verb="import.applied").count() == 1


def test_the_same_file_again_updates(cohort: Cohort) -> None:
    bring_in(cohort, GOOD)

    report = bring_in(cohort, GOOD.replace("PE,2", ",3"))

    assert counts(report) == (2, 0, 2, 0)
    berta = Application.objects.get(email="berta@example.org")
    # What the file leaves empty stays as it was.
    assert (berta.country, str(berta.years_experience), berta.version) == ("PE", "3.0", 2)


def test_who_applied_herself_keeps_her_own_answers(cohort: Cohort) -> None:
    apply_as(cohort, "Ana Own", email="ana@example.org", country="BO")

    report = bring_in(cohort, GOOD, accept=True)

    assert counts(report) == (2, 1, 0, 1)
    assert report["refused"] == [
        {
            "row": 2,
            "column": "email",
            "reason": "She applied by the form herself. Her own answers stay as they are.",
        }
    ]
    ana = Application.objects.get(email="ana@example.org")
    assert (ana.last_name, ana.country, ana.status) == ("Own", "BO", "submitted")


def test_a_strangers_unconfirmed_form_blocks_nobody(cohort: Cohort) -> None:
    apply_as(cohort, "Not Her", email="ana@example.org", email_confirmed_at=None)

    report = bring_in(cohort, GOOD)

    assert counts(report) == (2, 2, 0, 0)


def test_both_makes_two_applications(cohort: Cohort) -> None:
    report = bring_in(cohort, "email,name,role\nana@example.org,Ana Rojas,Both\n", role="column")

    assert counts(report) == (1, 1, 0, 0)
    assert sorted(Application.objects.values_list("role", flat=True)) == ["mentee", "mentor"]


def test_where_one_role_is_the_rule_both_is_refused() -> None:
    cohort = make_cohort(both_roles_allowed=False)

    report = bring_in(cohort, "email,name,role\nana@example.org,Ana Rojas,Both\n", role="column")

    assert counts(report) == (1, 0, 0, 1)
    assert Application.objects.count() == 0


def test_accepted_on_the_way_in_and_a_refusal_stands(cohort: Cohort) -> None:
    bring_in(cohort, GOOD)
    Application.objects.filter(email="berta@example.org").update(status="declined")

    bring_in(cohort, GOOD, accept=True)

    found = dict(Application.objects.values_list("email", "status"))
    assert found == {"ana@example.org": "accepted", "berta@example.org": "declined"}


def test_places_that_offers_hold_are_not_taken_away(cohort: Cohort) -> None:
    text = "email,name,capacity\nana@example.org,Ana Rojas,3\n"
    bring_in(cohort, text, role="mentor")
    Application.objects.update(places_taken=2)

    report = bring_in(cohort, text.replace(",3", ",1"), role="mentor")

    assert Application.objects.get().capacity == 2
    assert [note["column"] for note in report["flagged"]] == ["capacity"]


def test_without_the_coordinators_word_nothing_is_kept(cohort: Cohort) -> None:
    with pytest.raises(DomainError, match="agreed to be listed"):
        prepare(cohort, GOOD, consent_attested=False)

    assert ImportBatch.objects.count() == 0


def test_five_hundred_rows_take_a_few_seconds(cohort: Cohort) -> None:
    rows = "".join(f"p{number}@example.org,Ana Number {number},CL,3\n" for number in range(500))
    begun = process_time()

    report = bring_in(cohort, "email,name,country,years_experience\n" + rows, accept=True)

    assert counts(report) == (500, 500, 0, 0)
    assert process_time() - begun < 5


# --- By command --------------------------------------------------------------------------------------------------


def run(cohort: Cohort, path: Path, *options: str) -> tuple[dict[str, Any], str]:
    out, err = io.StringIO(), io.StringIO()
    programme = cohort.programme
    name = f"{programme.organisation.slug}/{programme.slug}/{cohort.slug}"
    call_command("import_applications", name, str(path), *options, "--json", stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(
        "email,name,country,languages,years_experience,function,Shoe size\n"
        "noemi@example.org,Noemí Quispe,México,Spanish,3 años y medio,Seguridad y salud,38\n"
        "berta@example.org,,PE,es,2,,\n",
        encoding="utf-8",
    )
    return path


def test_command_prints_the_document_of_the_contract(cohort: Cohort, file: Path) -> None:
    report, warnings = run(cohort, file, "--role", "mentee", "--accept")

    assert report == {
        "read": 2,
        "created": 1,
        "updated": 0,
        "refused": [{"row": 3, "column": "name", "reason": "A name is needed."}],
        "flagged": [
            {"row": 1, "column": "Shoe size", "reason": "This heading is not known. The column was left out."},
            {"row": 2, "column": "years_experience", "reason": "“3 años y medio” was read as 3.5 years."},
        ],
        "replaced": [],
        "people": [
            {
                "row": 2,
                "roles": ["mentee"],
                "email": "noemi@example.org",
                "name": "Noemí Quispe",
                "country": "MX",
                "languages": ["es"],
                "years_experience": 3.5,
                "capacity": None,
                "preferred_mentor_gender": None,
                "function": "Seguridad y salud",
                "employer": None,
            }
        ],
    }
    assert "flagged: row 1, Shoe size" in warnings
    assert list(Application.objects.values_list("email", "status", "function")) == [
        ("noemi@example.org", "accepted", "hse")
    ]
    assert ImportBatch.objects.get().consent_attested is True


def test_dry_run_of_the_command_writes_nothing(cohort: Cohort, file: Path) -> None:
    report, _warnings = run(cohort, file, "--role", "mentee", "--dry-run")

    assert (report["created"], len(report["people"])) == (1, 1)
    assert (
        Application.objects.count(),
        ImportBatch.objects.count(),
        AuditEvent.objects.filter(verb__startswith="import").count(),
    ) == (0, 0, 0)


def test_mapping_names_the_fields(cohort: Cohort, tmp_path: Path) -> None:
    people, mapping = tmp_path / "people.csv", tmp_path / "mapping.json"
    people.write_text("Correo,Nombre,Nota\nana@example.org,Ana Rojas,x\n", encoding="utf-8")
    mapping.write_text('{"Correo": "email", "Nombre": "name", "Nota": null}', encoding="utf-8")

    report, _warnings = run(cohort, people, "--role", "mentor", "--mapping", str(mapping))

    assert (report["created"], report["flagged"]) == (1, [])


@pytest.mark.parametrize(("content", "code"), [('{"email": "surname"}', 2), ("no json", 2), ('["email"]', 2)])
def test_wrong_mappings_are_wrong_use(cohort: Cohort, file: Path, tmp_path: Path, content: str, code: int) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError) as refusal:
        run(cohort, file, "--role", "mentee", "--mapping", str(mapping))

    assert refusal.value.returncode == code


def test_unknown_cohorts_and_unreadable_files_are_refused_with_a_sentence(cohort: Cohort, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no programme") as unknown:
        call_command("import_applications", "no/such/cohort", str(tmp_path / "x.csv"), "--role", "mentee")
    with pytest.raises(CommandError, match="cannot be read") as missing:
        call_command("import_applications", str(cohort.pk), str(tmp_path / "x.csv"), "--role", "mentee")

    assert (unknown.value.returncode, missing.value.returncode) == (1, 1)
