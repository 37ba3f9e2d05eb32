from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from programmes.access.guards import Access, View, public
from programmes.access.links import SESSION_HOURS, grant_session, may_by_link
from programmes.applications.models import Application
from programmes.cohorts.guards import say_terms_of

EDIT = "application.edit"  # granted to the browser that wrote the first step, which proves nothing about the address
RESUME = "application.resume"
STATUS = "application.status"
CONFIRM = "application.confirm"
PROVEN = (RESUME, STATUS, CONFIRM)  # by a link that we mailed to her address
# A long pause in the form loses nothing. What was sent waits in her mailbox, so the browser soon forgets it.
DRAFT_HOURS = 14 * 24


def of_applicant(*, purpose: str, subject: str = "pk", methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Her own application: by her browser's grant, by a link of our e-mails, or signed in. Anybody else finds
    nothing. The view gets `application`; `subject` names the address part that finds it: pk or key."""

    def decorate(view: View) -> View:
        @public("replaced below", methods=methods)
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            application = find_application(subject, kwargs.pop(subject))
            if application is None:
                raise Http404
            if not is_hers(request, application):
                return _say_confirmed(request, application)
            say_terms_of(application.cohort)
            return view(request, application=application, **kwargs)

        guarded.access = Access(f"link:{purpose}", methods)  # type: ignore[attr-defined]
        return guarded

    return decorate


def find_application(subject: str, value: Any) -> Application | None:
    column = {"pk": "pk", "key": "submission_key"}[subject]
    found = Application.objects.select_related("cohort__programme__organisation", "questionnaire")
    return found.filter(**{column: value}).first()


def is_hers(request: HttpRequest, application: Application) -> bool:
    """Whoever only filled in the form is let in until its address is confirmed: then it is known whose it is."""
    if request.user.is_authenticated and application.user_id == request.user.pk:
        return True
    if any(may_by_link(request, purpose=purpose, subject_id=application.pk) for purpose in PROVEN):
        return True
    return application.email_confirmed_at is None and _filled_in(request, application)


def _filled_in(request: HttpRequest, application: Application) -> bool:
    return may_by_link(request, purpose=EDIT, subject_id=application.pk)


def _say_confirmed(request: HttpRequest, application: Application) -> HttpResponse:
    """The browser in which she filled it in, while she confirmed in another one, is told where to go on."""
    if application.email_confirmed_at is None or not _filled_in(request, application):
        raise Http404
    say_terms_of(application.cohort)
    context = {"cohort": application.cohort}
    return render(request, "programmes/applications/status/confirmed.html", context, status=403)


def has_proven_address(request: HttpRequest, application: Application) -> bool:
    """She came by a link that we mailed to this address, or is signed in with it. Filling in a form proves nothing."""
    if request.user.is_authenticated and request.user.email == application.email:
        return True
    return any(may_by_link(request, purpose=purpose, subject_id=application.pk) for purpose in (RESUME, CONFIRM))


def has_link_or_account(request: HttpRequest, application: Application) -> bool:
    """As above, or she came to her own page by its link, or by confirming."""
    return has_proven_address(request, application) or may_by_link(request, purpose=STATUS, subject_id=application.pk)


def grant_editing(request: HttpRequest, application: Application, *, link_id: int | None = None) -> None:
    """To the browser in which she writes. With the link by which it came, it ends when that is revoked."""
    is_draft = application.status == Application.Status.DRAFT
    hours = DRAFT_HOURS if is_draft else SESSION_HOURS
    grant_session(request, purpose=EDIT, subject_id=application.pk, link_id=link_id, hours=hours)
