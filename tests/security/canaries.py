"""One organisation's texts, each with a token that stands nowhere else."""

import re
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models

from inventory.initiatives.models import Record
from inventory.initiatives.questionnaire import QUESTIONS
from programmes.models import Application, Membership, Organisation, User
from tests.matrix.watching import ours, rows_of

TOKEN = re.compile(rb"zq[0-9a-z]{6}qz")
# Columns that hold codes, slugs, keys or figures: with a token in them the site could not read them. A column that is
# not named here gets one; if it holds codes, pages of the organisation break, and this is the place to say so.
CODED = {
    *("Organisation.slug", "Organisation.countries", "Organisation.languages", "QuestionnaireVersion.key"),
    *("QuestionnaireVersion.questions", "Programme.slug", "Programme.scope", "Programme.countries"),
    *("Programme.languages", "Programme.regions", "Cohort.slug", "Cohort.time_zone", "Cohort.opens_wall"),
    *("Cohort.closes_wall", "Cohort.matching_settings", "CohortLetter.kind", "CohortLetter.language", "Minutes.task"),
    *("ImportBatch.role", "ImportBatch.report", "ImportBatch.stored_file", "ImportBatch.recognised"),
    *("ImportBatch.mapping", "ImportBatch.rows", "PastPairImport.stored_file", "PastPairImport.mapping"),
    *("Application.language", "Application.country"),
    *("Application.time_zone", "Application.languages", "Application.preferred_language", "Application.interests"),
    *("Application.availability", "ApplicationConsent.purpose", "ApplicationConsent.version"),
    *("ApplicationConsent.given_by", "AuditEvent.actor_kind", "AuditEvent.actor_label", "AuditEvent.verb"),
    *("AuditEvent.subject_type", "AuditEvent.details", "OutboxEmail.event_key", "OutboxEmail.kind"),
    *("OutboxEmail.language", "OutboxEmail.links", "MatchingRun.input", "MatchingRun.solution", "MatchingRun.report"),
    *("MatchingRun.engine_version", "MatchingRun.input_hash", "MatchingRun.status", "Proposal.parts", "Offer.parts"),
    *("PairRule.breaks_rule", "BoardStep.action", "BoardStep.before", "BoardStep.after", "Initiative.code"),
    *("EvidenceFile.media_type", "EvidenceFile.digest"),
    *("Record.kinds", "Record.scope", "Record.matching_methods", "Record.languages", "Record.questionnaire"),
    *("Record.status", "Record.mentor_target", "Record.publishing"),
    *("Statement.topic", "Inquiry.question", "WaveResponse.language"),
    *("User.password", "User.language", "User.time_zone"),
}
ADDRESSES = re.compile(r"email$|^recipient$|^reply_to$")
# Kept equal to what they fold: the list finds people by them.
FOLDED = re.compile(r"_folded$")


class Canaries:
    """`spoken`: token -> the field that holds it."""

    def __init__(self, start: int = 0) -> None:
        self.spoken: dict[bytes, str] = {}
        self.start = start

    def make(self, field: str) -> str:
        token = f"zq{self.start + len(self.spoken):06x}qz"
        self.spoken[token.encode()] = field
        return token

    def heard(self, content: bytes, *, public: frozenset[str] = frozenset()) -> set[str]:
        """The fields whose tokens stand in `content`, apart from those that are public."""
        return {self.spoken[token] for token in TOKEN.findall(content.lower()) if token in self.spoken} - public


def plant(organisation: Organisation) -> Canaries:
    """In every text column and every answer of the organisation's rows, and of the people who belong only to it."""
    canaries = Canaries()
    for model in ours():
        if getattr(model, "tenancy_path", None):
            _plant_rows(model, rows_of(model, organisation.pk), canaries)
    _plant_rows(User, _people_of(organisation), canaries)
    for user in _people_of(organisation):
        _rename_everywhere(user, canaries)
    return canaries


def _people_of(organisation: Organisation) -> Any:
    members = Membership.objects.filter(organisation=organisation).values("user_id")
    applicants = Application.objects.filter(cohort__programme__organisation=organisation).values("user_id")
    return User.objects.filter(models.Q(pk__in=members) | models.Q(pk__in=applicants))


def _rename_everywhere(user: User, canaries: Canaries) -> None:
    """Her address is a token too, wherever it stands, so that she can still be found by it."""
    new = f"{canaries.make('User.email')}@example.org"
    Application.objects.filter(email=user.email).update(email=new)
    EmailAddress.objects.filter(user=user).update(email=new)
    User.objects.filter(pk=user.pk).update(email=new)


def _plant_rows(model: type[models.Model], rows: Any, canaries: Canaries) -> None:
    fields = [field for field in model._meta.concrete_fields if is_text(model, field)]
    for row in rows if fields else ():
        prefix = f"{'published ' if is_published(row) else ''}{model.__name__}"
        values = {
            field.name: _with_token(f"{prefix}.{field.name}", field, getattr(row, field.name), canaries)
            for field in fields
        }
        model._base_manager.filter(pk=row.pk).update(**values)


def is_published(row: models.Model) -> bool:
    entry = getattr(row, "record", row)
    return isinstance(entry, Record) and entry.review == Record.Review.PUBLISHED


def is_text(model: type[models.Model], field: Any) -> bool:
    is_words = isinstance(field, models.CharField | models.TextField | models.JSONField)
    is_coded = bool(getattr(field, "choices", None)) or f"{model.__name__}.{field.name}" in CODED
    return is_words and not is_coded and not FOLDED.search(field.name)


def _with_answers(prefix: str, answers: dict[str, Any], canaries: Canaries) -> dict[str, Any]:
    """In what is written freely: codes and figures stay. A comment is for IWiM alone."""
    planted = {}
    for code, answer in answers.items():
        planted[code] = dict(answer)
        names = {"words": "answers", "comment": "comments"}
        if QUESTIONS[code].kind in ("text", "long_text"):
            names["value"] = "answers"
        for part, name in names.items():
            if part in answer:
                planted[code][part] = f"{answer[part]} {canaries.make(f'{prefix}.{name}')}"
    return planted


def _with_token(name: str, field: Any, value: Any, canaries: Canaries) -> Any:
    if field.name == "answers":
        return _with_answers(name.removesuffix(".answers"), value, canaries)
    if isinstance(value, dict | list | tuple):
        return _deep(value, name, canaries)
    token = canaries.make(name)
    if ADDRESSES.search(field.name):
        return f"{token}@example.org"
    if field.name == "file_name":
        return f"{token}.csv"
    if field.name == "website":
        return f"https://{token}.example.org/"
    room = (field.max_length or 10_000) - len(token) - 1
    return f"{value[: max(room, 0)]} {token}".strip()


def _deep(value: Any, name: str, canaries: Canaries) -> Any:
    if isinstance(value, dict):
        return {key: _deep(inner, name, canaries) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_deep(inner, name, canaries) for inner in value]
    return f"{value} {canaries.make(name)}" if isinstance(value, str) and value else value
