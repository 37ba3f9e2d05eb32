from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.cohorts.addresses import cohort_page, cohort_url
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.models import Cohort
from programmes.mentorships import contacts, domain, pages, queries, registry
from programmes.mentorships.models import Mentorship
from programmes.mentorships.sharing import grants_of
from wimmentor.base.actors import Actor
from wimmentor.base.spreadsheets import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx


@in_cohort(Permission.MENTORSHIP_VIEW)
def list_mentorships(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    state, text = request.GET.get("state", ""), request.GET.get("q", "").replace("\x00", "")
    lines = pages.pair_lines(list(queries.mentorships_of(cohort, state=state, text=text)))
    counts = queries.count_states(cohort)
    context = cohort_page(
        cohort,
        "pairs",
        lines=lines,
        counts=counts,
        total=sum(counts.values()),
        states=Mentorship.State.choices,
        state=state,
        q=text,
    )
    return render(request, "programmes/mentorships/list.html", context)


@in_cohort(Permission.MENTORSHIP_VIEW)
def show_mentorship(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    mentorship = get_object_or_404(queries.full_mentorships().filter(cohort=cohort), pk=pk)
    mentee, mentor = queries.mentee_of(mentorship), mentorship.mentor
    grants = grants_of([mentee.pk, mentor.pk])
    people = [(person, pages.contacts_of(person, grants)) for person in (mentee, mentor)]
    context = cohort_page(
        cohort, "pairs", mentorship=mentorship, people=people, reasons=registry.reasons_of(mentorship)
    )
    return render(request, "programmes/mentorships/detail.html", context)


@in_cohort(Permission.MENTORSHIP_EDIT, methods=GET_POST)
def end_mentorship(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    mentorship = get_object_or_404(queries.full_mentorships().filter(cohort=cohort), pk=pk)
    if request.method == "GET":
        mentee = queries.mentee_of(mentorship)
        context = cohort_page(cohort, "pairs", mentorship=mentorship, mentee=mentee, mentor=mentorship.mentor)
        return render(request, "programmes/mentorships/end.html", context)
    domain.end_mentorship(mentorship=mentorship, by=Actor.of(request.user))
    messages.success(request, _("The pair has ended. Both have been written to."))
    return redirect(cohort_url("mentorship-detail", cohort, pk=pk))


@in_cohort(Permission.MENTORSHIP_VIEW)
def export_contacts(request: HttpRequest, cohort: Cohort, form: str) -> HttpResponse:
    if form not in ("csv", "xlsx"):
        raise Http404
    rows = list(contacts.contact_rows(queries.mentorships_of(cohort, state="active"), cohort.time_zone))
    domain.record_export(cohort=cohort, form=form, rows=len(rows), by=Actor.of(request.user))
    headings = contacts.contact_headings()
    if form == "csv":
        response = HttpResponse(b"".join(write_csv(headings, rows)), content_type=CSV_TYPE)
    else:
        response = HttpResponse(write_xlsx(headings, rows, _("Pairs")), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{cohort.programme.slug}-{cohort.slug}-pairs.{form}"'
    return response
