from programmes.access.models import PurposeLink
from programmes.applications.models import Application, ApplicationConsent, ImportBatch
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort, CohortFigures, CohortLetter, Minutes, Programme
from programmes.jobs.models import Job
from programmes.mentorships.models import Mentorship, MentorshipMentee
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
    "Invitation",
    "Job",
    "Membership",
    "Mentorship",
    "MentorshipMentee",
    "Minutes",
    "Organisation",
    "OutboxEmail",
    "Programme",
    "PurposeLink",
    "QuestionnaireVersion",
    "User",
]
