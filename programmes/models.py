from programmes.access.models import PurposeLink
from programmes.applications.models import (
    Application,
    ApplicationConsent,
    ImportBatch,
    ImportLine,
    RememberedColumn,
)
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort, CohortFigures, CohortLetter, Minutes, Programme
from programmes.jobs.models import Job
from programmes.mentorships.models import Mentorship, MentorshipMentee, PastPair, PastPairImport
from programmes.organisations.models import Invitation, Membership, Organisation
from programmes.outbox.models import OutboxEmail
from programmes.people.models import Erasure, User
from programmes.questionnaires.models import QuestionnaireVersion

__all__ = [
    "Application",
    "ApplicationConsent",
    "AuditEvent",
    "Cohort",
    "CohortFigures",
    "CohortLetter",
    "Erasure",
    "ImportBatch",
    "ImportLine",
    "Invitation",
    "Job",
    "Membership",
    "Mentorship",
    "MentorshipMentee",
    "Minutes",
    "Organisation",
    "OutboxEmail",
    "PastPair",
    "PastPairImport",
    "Programme",
    "PurposeLink",
    "QuestionnaireVersion",
    "RememberedColumn",
    "User",
]
