from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.access.permissions import Permission
from programmes.applications.domain.decisions import decide_applications
from programmes.applications.domain.exports import export_applications
from programmes.applications.forms.choosing import Chosen, read_chosen
from programmes.applications.forms.review import ApplicationFilterForm, DecisionForm, decision_slots, read_filters
from programmes.applications.queries import confirmed, events_of, filtered, sort_applications, summarise
from programmes.applications.sheet import describe_application, history_of
from programmes.applications.views.wording import (
    BADGES,
    decision_buttons,
    list_consents,
    list_rows,
    preview_letters,
    say_decided,
    say_places,
    say_skipped,
    say_status,
    say_title,
)
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.spreadsheets import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx

PAGE_SIZE = 50


def cohort_address(name: str, cohort: Cohort, **more: Any) -> str:
    programme = cohort.programme
    slugs = {"organisation": programme.organisation.slug, "programme": programme.slug, "cohort": cohort.slug}
    return reverse(name, kwargs={**slugs, **more})


def show(request: HttpRequest, template: str, cohort: Cohort, **context: Any) -> HttpResponse:
    context |= {"organisation": cohort.programme.organisation, "cohort": cohort, "tab": "applications"}
    return render(request, f"programmes/applications/{template}.html", context)


@in_cohort(Permission.APPLICATION_REVIEW)
def applications_list(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    summary = summarise(cohort)
    form = ApplicationFilterForm(request.GET, summary)
    filters = form.filters
    found = sort_applications(filtered(cohort, filters), filters.sort, summary.countries)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return show(
        request,
        "review/list",
        cohort,
        form=form,
        filters=filters,
        summary=summary,
        page=page,
        rows=list_rows(page.object_list),
        total=summary.waiting if filters.waiting else summary.sent.total(),
        places=say_places(cohort, summary),
        may_decide=Permission.APPLICATION_DECIDE in request.permissions and not filters.waiting,  # type: ignore[attr-defined]
    )


@in_cohort(Permission.APPLICATION_REVIEW)
def application_detail(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    # Until she confirms her address nobody reads her answers.
    application = get_object_or_404(confirmed(cohort).select_related("questionnaire", "import_batch"), pk=pk)
    may_decide = Permission.APPLICATION_DECIDE in request.permissions  # type: ignore[attr-defined]
    return show(
        request,
        "review/detail",
        cohort,
        application=application,
        sections=describe_application(application, private=may_decide),
        badge=BADGES[application.status],
        status=say_status(application.status),
        consents=list_consents(application),
        history=history_of(application, events_of(application)),
        buttons=decision_buttons(application) if may_decide else [],
    )


@in_cohort(Permission.APPLICATION_DECIDE, methods=("POST",))
def applications_decide(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """First post: whom, from the list. Second: the letter, shown again or sent."""
    chosen = read_chosen(request.POST, cohort)
    if not chosen.moving:
        messages.warning(request, say_skipped(chosen.people, chosen.to))
        return redirect(_list_address(cohort, chosen))
    step = request.POST.get("step")
    form = DecisionForm(request.POST if step else None, slots=decision_slots(cohort, chosen.to, chosen.moving))
    if step == "send" and form.is_valid() and _decide(request, cohort, chosen, form):
        return redirect(_list_address(cohort, chosen))
    return show(
        request,
        "review/decide",
        cohort,
        form=form,
        chosen=chosen,
        rows=list_rows(chosen.moving),
        title=say_title(chosen),
        previews=preview_letters(chosen.moving, form),
        places=say_places(cohort, summarise(cohort)),
    )


def _decide(request: HttpRequest, cohort: Cohort, chosen: Chosen, form: DecisionForm) -> bool:
    seen = {person.pk: chosen.seen[person.pk] for person in chosen.moving}
    try:
        decided = decide_applications(
            cohort=cohort,
            seen=seen,
            to=chosen.to,
            letters=form.letters() if form.writes else None,
            by=Actor.of(request.user),
        )
    except Conflict as conflict:
        conflict.kept = form.changed_letters() if form.writes else {}
        conflict.url = _list_address(cohort, chosen)
        raise
    except DomainError as error:
        form.add_refusal(error)
        return False
    if decided.repeated:
        messages.info(request, _("This is so already."))
    if decided.moved:
        messages.success(request, say_decided(decided.moved, chosen.to, written=form.writes))
    if decided.skipped:
        messages.warning(request, say_skipped(decided.skipped, chosen.to))
    return True


def _list_address(cohort: Cohort, chosen: Chosen) -> str:
    return f"{cohort_address('applications-list', cohort)}{f'?{chosen.query}' if chosen.query else ''}"


@in_cohort(Permission.APPLICATION_EXPORT, methods=("GET",))
def applications_export(request: HttpRequest, cohort: Cohort, form: str) -> HttpResponse | StreamingHttpResponse:
    if form not in ("csv", "xlsx"):
        raise Http404
    filters = read_filters(request.GET, summarise(cohort))
    if filters.waiting:
        raise Http404  # nobody reads the answers of who has not confirmed
    headings, rows = export_applications(cohort=cohort, filters=filters, form=form, by=Actor.of(request.user))
    if form == "csv":
        answer: Any = StreamingHttpResponse(write_csv(headings, rows), content_type=CSV_TYPE)
    else:
        answer = HttpResponse(write_xlsx(headings, rows, title=_("Applications")), content_type=XLSX_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="applications-{cohort.slug}.{form}"'
    return answer
