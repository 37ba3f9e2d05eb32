"""What applications hold about a person, and how all of it goes with her."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.applications.domain.import_traces import cohorts_with_traces, forget_person_in_imports
from programmes.applications.domain.rows import hold_cohorts
from programmes.applications.domain.withdraw import withdraw_application
from programmes.applications.models import Application, ApplicationConsent
from programmes.applications.own import COUNTED
from programmes.people import ledger
from programmes.people.holdings import Holding, Person
from programmes.people.models import User
from wimmentor.base.actors import SYSTEM, Actor

NOT_PERSONAL = {
    "programmes.ImportBatch": "A coordinator's file: what came of it is in the applications; its report names rows.",
    "programmes.ImportLine": "Which row made whose application, by id and digest; what it restores goes within a day.",
    "programmes.RememberedColumn": "Headings of an organisation's spreadsheets.",
    "programmes.QuestionnaireVersion": "Questions, not answers.",
    "programmes.Programme": "About a programme.",
    "programmes.Cohort": "About a cohort.",
    "programmes.CohortLetter": "An organisation's wording.",
    "programmes.CohortFigures": "Numbers.",
}
_FOLDED = "The same once more, for searching."


def applications_of(person: Person) -> QuerySet[Application]:
    """Hers for certain: under her account, or counted with her address and under nobody's. A form that a stranger
    began with it is not; nor is what somebody else applied to who had this address before."""
    if person.application_id is not None:
        return Application.objects.filter(pk=person.application_id)
    return Application.objects.filter(_of_account(person) | Q(COUNTED, email=person.email, user=None))


def _of_account(person: Person) -> Q:
    return Q(pk__in=()) if person.user is None else Q(user=person.user)


def hold_her_cohorts(user: User) -> None:
    """Of her applications, and of imports with a row of hers; all at once, since another erasure may want them in
    another order."""
    hers = _with_address(Person.of(user)).values_list("cohort_id", flat=True)
    hold_cohorts({*hers, *cohorts_with_traces(user.email)})


def withdraw_all(person: Person, by: Actor) -> None:
    """Also what was begun with her address: whoever began it, the address is hers. What is under another account
    stays that account's."""
    for application in _with_address(person).order_by("pk"):
        withdraw_application(application=application, by=by)
    forget_person_in_imports(person.email)


def _with_address(person: Person) -> QuerySet[Application]:
    return Application.objects.filter(Q(email=person.email, user=None) | _of_account(person), erased_at=None)


def withdraw_again(known: ledger.Known) -> int:
    """After a restore: of those who withdrew, or were erased with their account, since the backup."""
    rows = Application.objects.filter(erased_at=None).order_by("pk").values_list("pk", "submission_key", "email")
    gone = [
        pk
        for pk, key, email in rows.iterator()
        if known.has(ledger.APPLICATION, key) or (email and known.has(ledger.ADDRESS, email))
    ]
    for pk in gone:
        withdraw_application(application=Application.objects.get(pk=pk), by=SYSTEM)
    return len(gone)


def _where(row: Any) -> dict[str, Any]:
    programme = row.cohort.programme
    return {"organisation": programme.organisation.name, "programme": programme.name, "cohort_name": row.cohort.name}


HOLDINGS = (
    Holding(
        "applications",
        _("Your applications"),
        Application,
        lambda person: applications_of(person).select_related("cohort__programme__organisation"),
        {
            "user": "Herself.",
            "name_folded": _FOLDED,
            "employer_folded": _FOLDED,
            "submission_key": "The site's own number of the form.",
            "version": "Of the site's own bookkeeping.",
            "import_batch": "The coordinator's file.",
        },
        _where,
    ),
    Holding(
        "consents",
        _("What you agreed to"),
        ApplicationConsent,
        lambda person: ApplicationConsent.objects.filter(application__in=applications_of(person)),
    ),
)
