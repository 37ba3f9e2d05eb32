from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.cohorts import domain, wording
from programmes.cohorts.blueprints import propose_calendar, propose_calendar_to
from programmes.cohorts.domain.cohorts import why_not_open
from programmes.cohorts.forms import CohortStartForm, DatesForm, DeadlineForm
from programmes.cohorts.guards import in_cohort, in_programme
from programmes.cohorts.models import Cohort, Programme
from programmes.cohorts.queries import suggest_zone
from programmes.cohorts.registry import counts_of
from programmes.cohorts.steps import next_step
from programmes.cohorts.wording import name_zone
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.clock import wall_of
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.refusals import try_with


def cohort_url(cohort: Cohort, name: str = "cohort-overview") -> str:
    programme = cohort.programme
    return reverse(name, args=[programme.organisation.slug, programme.slug, cohort.slug])


def context_of(cohort: Cohort, tab: str, **more: Any) -> dict[str, Any]:
    zone = name_zone(cohort.time_zone, clock.now())
    return {"organisation": cohort.programme.organisation, "cohort": cohort, "tab": tab, "zone": zone, **more}


@in_cohort(Permission.COHORT_VIEW)
def cohort_overview(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    instant, counts = clock.now(), counts_of(cohort)
    may_edit = Permission.COHORT_EDIT in request.permissions  # type: ignore[attr-defined]
    return render(
        request,
        "programmes/cohorts/cohort_overview.html",
        context_of(
            cohort,
            "overview",
            counts=counts,
            lead=wording.describe_cohort(cohort, counts, instant),
            phases=wording.phases_of(cohort, instant),
            dates=wording.next_dates(cohort, instant),
            late_day=wording.find_late_day(cohort),
            funnel=wording.funnel_of(counts),
            language_rows=wording.tabulate_languages(counts),
            in_the_way=why_not_open(cohort, instant) if cohort.phase == Cohort.Phase.DRAFT else None,
            next_step=next_step(cohort, instant, request.permissions),  # type: ignore[attr-defined]
            moves=domain.next_phases(cohort) if may_edit else [],
            may_edit=may_edit,
            instant=instant,
        ),
    )


@in_programme(Permission.PROGRAMME_EDIT, methods=GET_POST)
def cohort_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    """First a date, by GET; then the calendar that it gives, to change and keep."""
    context = {"organisation": programme.organisation, "programme": programme}
    if request.method == "POST":
        dates = DatesForm(request.POST)
        made = try_with(dates, lambda: _create(request, programme, dates)) if dates.is_valid() else None
        if made:
            return redirect(cohort_url(made))
        return render(request, "programmes/cohorts/cohort_new.html", {**context, "form": dates})
    start = CohortStartForm(request.GET or None, initial={"time_zone": suggest_zone(programme, request.user)})
    proposed = _propose(programme, start) if start.is_valid() else None
    template = "cohort_new" if proposed else "cohort_start"
    return render(request, f"programmes/cohorts/{template}.html", {**context, "form": proposed or start})


def _propose(programme: Programme, start: CohortStartForm) -> DatesForm | None:
    chosen = start.cleaned_data
    zone, day = chosen["time_zone"], chosen["first_day"]

    def propose() -> Any:
        if chosen["known"] == "opening":
            return propose_calendar(day, time_zone=zone, months=programme.months)
        today = wall_of(clock.now(), zone).date()
        return propose_calendar_to(day, today=today, time_zone=zone, months=programme.months)

    calendar = try_with(start, propose)
    return DatesForm(initial={"name": chosen["name"], "default_capacity": 1, **vars(calendar)}) if calendar else None


def _create(request: HttpRequest, programme: Programme, form: DatesForm) -> Cohort:
    return domain.create_cohort(
        programme=programme,
        name=form.cleaned_data["name"],
        calendar=form.calendar(),
        mentee_places=form.cleaned_data["mentee_places"],
        default_capacity=form.cleaned_data["default_capacity"],
        by=Actor.of(request.user),
    )


@in_cohort(Permission.COHORT_EDIT, methods=("POST",))
def cohort_open(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    try:
        domain.open_cohort(cohort=cohort, by=Actor.of(request.user))
    except Conflict:
        raise
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("%(cohort)s is open. Its page is public.") % {"cohort": cohort.name})
    return redirect(cohort_url(cohort))


@in_cohort(Permission.COHORT_EDIT, methods=("POST",))
def cohort_move(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    domain.move_phase(cohort=cohort, to=request.POST.get("to", ""), by=Actor.of(request.user))
    return redirect(cohort_url(cohort))


@in_cohort(Permission.COHORT_EDIT, methods=GET_POST)
def cohort_extend(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    form = DeadlineForm(request.POST or None, initial={"closes": wall_of(cohort.closes_at, cohort.time_zone)})
    if form.is_valid():
        closes = form.cleaned_data["closes"]
        if try_with(form, lambda: domain.extend_deadline(cohort=cohort, closes=closes, by=Actor.of(request.user))):
            messages.success(request, _("The deadline is moved. The programme's page says so already."))
            return redirect(cohort_url(cohort))
    return render(request, "programmes/cohorts/cohort_extend.html", context_of(cohort, "settings", form=form))
