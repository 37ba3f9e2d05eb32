from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.audit.domain import record_event
from programmes.cohorts.blueprints import LETTERS
from programmes.cohorts.letters import Letter, check_wording, find_wording
from programmes.cohorts.models import Cohort, CohortLetter
from wimmentor.base.actors import Actor
from wimmentor.base.editing import save_version
from wimmentor.base.errors import DomainError


@transaction.atomic
def edit_letter(
    *, cohort: Cohort, kind: str, language: str, subject: str, body: str, seen: int, by: Actor
) -> CohortLetter:
    if kind not in LETTERS:
        raise DomainError(_("There is no such letter."), code="no_such_letter")
    wording = Letter(" ".join(subject.split()), body.replace("\r\n", "\n").strip())
    check_wording(kind, wording)
    letter = find_letter(cohort, kind, language)
    # CohortLetter counts versions as Versioned does, without being one.
    save_version(cast(Any, letter), seen=seen, subject=wording.subject, body=wording.body)
    record_event(
        "cohort.edit_letter",
        by=by,
        subject=letter,
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.pk,
        kind=kind,
        language=language,
    )
    return letter


@transaction.atomic
def reset_letter(*, cohort: Cohort, kind: str, language: str, by: Actor) -> None:
    """Back to the standard wording in that language."""
    letter = CohortLetter.objects.filter(cohort=cohort, kind=kind, language=language).first()
    if letter is None:
        return
    record_event(
        "cohort.reset_letter",
        by=by,
        subject=letter,
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.pk,
        kind=kind,
        language=language,
    )
    letter.delete()


def find_letter(cohort: Cohort, kind: str, language: str) -> CohortLetter:
    """Her organisation's own; a first change begins with the standard wording."""
    wording = find_wording(cohort, kind, language)
    letter, _created = CohortLetter.objects.get_or_create(
        cohort=cohort, kind=kind, language=language, defaults={"subject": wording.subject, "body": wording.body}
    )
    return letter
