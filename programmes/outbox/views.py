"""The messages of a cohort: what went to whom, and what did not."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from programmes.access.guards import in_tenant
from programmes.access.permissions import Permission
from programmes.outbox.domain import resend_email
from programmes.outbox.forms import EmailFilterForm
from programmes.outbox.kinds import name_kind
from programmes.outbox.models import OutboxEmail
from programmes.outbox.queries import count_states, emails_of_cohort, search_emails
from programmes.outbox.registry import load_cohort
from programmes.outbox.rendering import render_masked
from wimmentor.base import limits
from wimmentor.base.actors import Actor

PAGE_SIZE = 50
State = OutboxEmail.State
BADGES = {
    State.QUEUED: "waiting",
    State.SENDING: "now",
    State.SENT: "done",
    State.FAILED: "attention",
    State.HELD: "waiting",
}


def _of_cohort(cohort: Any) -> Any:
    return emails_of_cohort(organisation_id=cohort.organisation_id, cohort_id=cohort.pk)


def _show(request: HttpRequest, template: str, cohort: Any, **context: Any) -> HttpResponse:
    context |= {"organisation": cohort.programme.organisation, "cohort": cohort, "tab": "messages"}
    return render(request, f"programmes/outbox/{template}.html", context)


def _row(email: OutboxEmail) -> dict[str, Any]:
    return {"email": email, "kind": name_kind(email.kind), "badge": BADGES[State(email.state)]}


@in_tenant(Permission.OUTBOX_VIEW, load=load_cohort)
def outbox_list(request: HttpRequest, cohort: Any) -> HttpResponse:
    emails = _of_cohort(cohort)
    form = EmailFilterForm(request.GET)
    page = Paginator(search_emails(emails, **form.asked), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [_row(email) for email in page.object_list]
    counts = count_states(emails)
    return _show(request, "list", cohort, form=form, page=page, rows=rows, counts=counts, total=sum(counts.values()))


@in_tenant(Permission.OUTBOX_VIEW, load=load_cohort)
def outbox_message(request: HttpRequest, cohort: Any, pk: int) -> HttpResponse:
    email = get_object_or_404(_of_cohort(cohort), pk=pk)
    may_send = Permission.OUTBOX_SEND in request.permissions  # type: ignore[attr-defined]
    return _show(
        request,
        "detail",
        cohort,
        row=_row(email),
        email=email,
        text=render_masked(email.body),
        may_resend=may_send and bool(email.body) and email.state in (State.SENT, State.FAILED),
    )


@in_tenant(Permission.OUTBOX_SEND, load=load_cohort, methods=("POST",))
def outbox_resend(request: HttpRequest, cohort: Any, pk: int) -> HttpResponse:
    email = get_object_or_404(_of_cohort(cohort), pk=pk)
    limits.spend("resend", str(email.pk), allowed=5, seconds=3600)
    limits.spend("resend-by", str(request.user.pk), allowed=200, seconds=3600)
    resend_email(email=email, by=Actor.of(request.user))
    messages.success(request, _("It goes out again now."))
    programme = cohort.programme
    return redirect(
        "outbox-message",
        organisation=programme.organisation.slug,
        programme=programme.slug,
        cohort=cohort.slug,
        pk=email.pk,
    )
