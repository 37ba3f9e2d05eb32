"""What a reading would do to a cohort: new applications, changed ones, and rows that stay out."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from programmes.applications.domain.language import language_of_imported
from programmes.applications.importing import Entry, Note, Reading
from programmes.applications.models import Application
from programmes.applications.own import COUNTED, find_withdrawn, has_withdrawn
from programmes.cohorts.models import Cohort
from wimmentor.base import clock
from wimmentor.base.phrases import Phrase
from wimmentor.base.phrases import phrase as _

Status = Application.Status
_CHUNK = 500
# Columns that no import sets.
NOT_BROUGHT = frozenset(
    {"id", "cohort", "role", "source", "submission_key", "user", "email", "created_at", "changed_at", "places_taken"}
)
# Beside the columns: purposes of consents that the import granted.
CONSENTS_ADDED = "consents_added"
_JSON: dict[type, Callable[[Any], Any]] = {datetime: datetime.isoformat, Decimal: str, tuple: list}
# Statuses from which an import "as accepted" moves somebody; who was declined stays so until a person decides.
_ACCEPTABLE = (Status.SUBMITTED, Status.SHORTLISTED, Status.WAITLISTED)
Existing = dict[tuple[str, str], Application]


@dataclass
class Plan:
    reading: Reading
    new: list[Application] = field(default_factory=list)
    changed: list[Application] = field(default_factory=list)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Note] = field(default_factory=list)
    flagged: list[Note] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    # Columns of those that change, as JSON, by id: what an undo gives back.
    before: dict[int, dict[str, Any]] = field(default_factory=dict)

    def report(self) -> dict[str, Any]:
        """As it is kept: `word_report` says it in a language."""
        return {
            "read": self.reading.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": [asdict(note) for note in sorted(self.refused, key=lambda note: note.row)],
            "flagged": [asdict(note) for note in sorted(self.flagged, key=lambda note: note.row)],
            "replaced": [asdict(each) for each in sorted(self.reading.replaced, key=lambda each: each.row)],
            "people": self.people,
        }


def plan_import(cohort: Cohort, reading: Reading, *, accept: bool, lock: bool = False) -> Plan:
    """Counts are rows: read = created + updated + refused + rows replaced by a later one. Of those that are updated
    some are `unchanged`: the file says what is there already."""
    plan = Plan(reading, refused=list(reading.refused), flagged=list(reading.flagged))
    existing = _find_existing(cohort, {entry.email for entry in reading.entries}, lock=lock)
    withdrawn = find_withdrawn(cohort.pk)
    instant = clock.now()
    for entry in reading.entries:
        kept_out = _why_not(cohort, entry, existing, withdrawn)
        if set(kept_out) == set(entry.roles):
            reasons = list(kept_out.values())
            distinct = [reason for place, reason in enumerate(reasons) if reason not in reasons[:place]]
            plan.refused += [_note(reading, entry, "email", reason) for reason in distinct]
            continue
        plan.flagged += [_note(reading, entry, "role", reason) for reason in kept_out.values()]
        roles = [role for role in entry.roles if role not in kept_out]
        found = [existing[role, entry.email] for role in roles if (role, entry.email) in existing]
        differ = [_change(plan, application, entry, accept=accept, instant=instant) for application in found]
        plan.changed += found
        for role in roles:
            if (role, entry.email) not in existing:
                plan.new.append(_make(cohort, role, entry, accept=accept, instant=instant))
        plan.created += len(found) < len(roles)
        plan.updated += len(found) == len(roles)
        plan.unchanged += len(found) == len(roles) and not any(differ)
        plan.people.append(entry.person)
    return plan


def _find_existing(cohort: Cohort, emails: Iterable[str], *, lock: bool) -> Existing:
    """Confirmed and imported ones by role and e-mail; a stranger's unconfirmed draft blocks nobody."""
    wanted = sorted(emails)
    rows = Application.objects.select_for_update() if lock else Application.objects.all()
    found: Existing = {}
    for start in range(0, len(wanted), _CHUNK):
        hers = rows.filter(COUNTED, cohort=cohort, email__in=wanted[start : start + _CHUNK])
        found |= {(application.role, application.email): application for application in hers.order_by("pk")}
    return found


def _why_not(cohort: Cohort, entry: Entry, existing: Existing, withdrawn: Collection[str]) -> dict[str, Phrase]:
    """Roles in which she is not brought in, each with its reason."""
    reasons = {}
    for role in entry.roles:
        application = existing.get((role, entry.email))
        if application is not None and application.email_confirmed_at is not None:
            reasons[role] = _("She applied by the form herself. Her own answers stay as they are.")
        elif application is None and has_withdrawn(role, entry.email, withdrawn):
            reasons[role] = _("She has withdrawn. Only she can apply again.")
    if not cohort.both_roles_allowed:
        held = {role for role in Application.Role.values if (role, entry.email) in existing}
        if len({*entry.roles, *held}) > 1:
            for role in entry.roles:
                reasons.setdefault(role, _("In this cohort nobody is mentee and mentor at once."))
    return reasons


def _note(reading: Reading, entry: Entry, name: str, reason: Phrase) -> Note:
    return Note(entry.row, reading.headings.get(name, name), reason)


def _make(cohort: Cohort, role: str, entry: Entry, *, accept: bool, instant: datetime) -> Application:
    application = Application(
        cohort=cohort,
        role=role,
        source=Application.Source.IMPORT,
        email=entry.email,
        status=Status.SUBMITTED,
        submitted_at=instant,
        language=language_of_imported(cohort, entry.values.get("languages") or ()),
        questionnaire_id=cohort.mentee_questions_id if role == "mentee" else cohort.mentor_questions_id,
    )
    _fill(application, entry, accept=accept, instant=instant)
    return application


def _change(plan: Plan, application: Application, entry: Entry, *, accept: bool, instant: datetime) -> bool:
    """Whether anything is other than it was."""
    plan.before[application.pk], before = as_json(application), _as_stored(application)
    _fill(application, entry, accept=accept, instant=instant)
    _keep_places(plan, application, entry)
    return _as_stored(application) != before


def _fill(application: Application, entry: Entry, *, accept: bool, instant: datetime) -> None:
    """What the file says; what it leaves empty stays as it was."""
    for name, value in entry.values.items():
        if name == "answers":
            application.answers = {**application.answers, **value}
        elif value not in (None, "", []):
            setattr(application, name, _as_column(name, value))
    application.import_row = entry.row
    if accept and application.status in _ACCEPTABLE:
        application.status, application.decided_at = Status.ACCEPTED, instant


def _as_column(name: str, value: Any) -> Any:
    if name == "years_experience":
        return Decimal(value)
    if name == "submitted_at":
        return datetime.fromisoformat(value).astimezone(UTC)  # as the database gives it back
    return tuple(value) if isinstance(value, list) else value


def as_json(application: Application) -> dict[str, Any]:
    found = {}
    for column in application._meta.concrete_fields:
        if column.name not in NOT_BROUGHT:
            value = getattr(application, column.attname)
            found[column.attname] = _JSON.get(type(value), lambda plain: plain)(value)
    return found


def _as_stored(application: Application) -> dict[str, Any]:
    """A number is the same with or without its zeros, a list without what it says twice."""
    columns = (column for column in application._meta.concrete_fields if column.name != "import_row")
    return {column.attname: column.get_prep_value(column.value_from_object(application)) for column in columns}


def _keep_places(plan: Plan, application: Application, entry: Entry) -> None:
    if application.capacity is not None and application.capacity < application.places_taken:
        application.capacity = application.places_taken
        reason = _("%(number)d of her places are taken by offers; fewer were not noted.") % {
            "number": application.places_taken
        }
        plan.flagged.append(_note(plan.reading, entry, "capacity", reason))
