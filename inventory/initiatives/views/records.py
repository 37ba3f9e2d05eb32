from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.initiatives import domain, pages, queries
from inventory.initiatives.domain.evidence import MOST_FILES
from inventory.initiatives.domain.opening import carried_answers
from inventory.initiatives.forms import AnswersForm, EvidenceForm, ReplyForm
from inventory.initiatives.guards import actor_of, keeps_inventory
from inventory.initiatives.models import Initiative, Inquiry, Record
from inventory.initiatives.questionnaire import QUESTIONS, SECTIONS, Question, questions_of, sections_of
from inventory.initiatives.registry import way_on
from inventory.initiatives.saving import say_saved
from inventory.initiatives.wording import read_answer
from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.cohorts.models import Cohort
from programmes.organisations.models import Organisation
from wimmentor.base.refusals import said_beside_fields, said_on_next_page


def load_record(organisation: Organisation, pk: int) -> tuple[Initiative, Record]:
    initiative = get_object_or_404(queries.initiatives_of(organisation), pk=pk)
    record = queries.living_record(initiative)
    if record is None:
        raise Http404
    return initiative, record


@keeps_inventory(Permission.INVENTORY_VIEW)
def show(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    initiative, record = load_record(organisation, pk)
    files = list(queries.evidence_of(record))
    context = {
        "organisation": organisation,
        "initiative": initiative,
        "record": record,
        "title": pages.title_of(record),
        "word": pages.review_word(record),
        "chapters": pages.chapters_of(record, reader="iwim"),
        "editions": pages.editions_of(record, reader="iwim"),
        "contradictions": pages.contradictions_of(record),
        "inquiries": list(pages.inquiries_of(record)),
        "cohorts": _cohorts_to_adopt(request, organisation, record),
        "evidence": read_answer(QUESTIONS["I5"], record.answers),
        "files": files,
        "file_form": EvidenceForm() if len(files) < MOST_FILES else None,
        "history": queries.history_of(initiative),
    }
    return render(request, "inventory/initiatives/record.html", context)


def _cohorts_to_adopt(request: HttpRequest, organisation: Organisation, record: Record) -> list[Cohort]:
    """For members: a wave's link opens answers, and no figures of programmes."""
    if getattr(request, "by_link", False):
        return []
    adopted = [edition.cohort_id for edition in record.editions.all() if edition.cohort_id]
    found = Cohort.objects.filter(programme__organisation=organisation).exclude(pk__in=adopted)
    return list(found.select_related("programme"))


@keeps_inventory(methods=GET_POST)
def edit(request: HttpRequest, organisation: Organisation, pk: int, section: str) -> HttpResponse:
    initiative, record = load_record(organisation, pk)
    questions, known = _questions(section), carried_answers(record)
    form = AnswersForm(request.POST or None, questions=questions, answers=known, about=known)
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            given, seen = form.given, form.seen_digests()
            merge = domain.save_answers(initiative=initiative, given=given, seen=seen, by=actor_of(request))
            if say_saved(request, form, merge, queries.living_record(initiative)):
                return redirect(_next(organisation, pk, section, request))
    context = {"organisation": organisation, "record": record, "title": pages.title_of(record), "form": form}
    context |= {"section": section, "heading": SECTIONS.get(section, _("The short form"))}
    return render(request, "inventory/initiatives/edit.html", context)


def _questions(section: str) -> list[Question]:
    if section == "short":
        return list(questions_of("initiative", short=True))
    if section not in sections_of("initiative"):
        raise Http404
    return list(questions_of("initiative", section=section))


def _next(organisation: Organisation, pk: int, section: str, request: HttpRequest) -> str:
    """On to the next section, back to the survey or to the whole."""
    sections = sections_of("initiative")
    if "on" in request.POST and section in sections[:-1]:
        following = sections[sections.index(section) + 1]
        return reverse("initiative-edit", args=[organisation.slug, pk, following])
    whole = reverse("initiative-record", args=[organisation.slug, pk])
    return way_on(organisation, whole) if section == "short" else whole


@keeps_inventory(methods=("POST",))
def submit(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    _initiative, record = load_record(organisation, pk)
    with said_on_next_page(request):
        domain.submit_record(record=record, by=actor_of(request))
        messages.info(request, _("Sent to IWiM. They read it and publish it, or write back with a question."))
        return redirect("initiatives-list", organisation=organisation.slug)
    return redirect("initiative-record", organisation=organisation.slug, pk=pk)


@keeps_inventory(methods=GET_POST)
def give_up(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """A draft that is not wanted; what is public stays."""
    _initiative, record = load_record(organisation, pk)
    if request.method == "POST":
        with said_on_next_page(request):
            domain.give_up_draft(record=record, by=actor_of(request))
            messages.info(request, _("The draft is given up. What was public stays."))
        return redirect("initiatives-list", organisation=organisation.slug)
    context = {"organisation": organisation, "record": record, "title": pages.title_of(record)}
    return render(request, "inventory/initiatives/give_up.html", context)


@keeps_inventory(methods=("POST",))
def reply(request: HttpRequest, organisation: Organisation, inquiry: int) -> HttpResponse:
    """To a question about an initiative or about the organisation's sheet."""
    found = get_object_or_404(Inquiry.objects.select_related("record"), pk=inquiry, record__organisation=organisation)
    form = ReplyForm(request.POST)
    with said_on_next_page(request):
        if form.is_valid():
            text, seen = form.cleaned_data["reply"], form.cleaned_data["shown"]
            domain.reply_to(inquiry=found, text=text, seen=seen, by=actor_of(request))
            messages.info(request, _("Your reply is kept. IWiM reads it when you send the entry again."))
        else:
            messages.warning(request, _("Write a reply first."))
    if found.record.initiative_id is None:
        return redirect("organisation-sheet", organisation=organisation.slug)
    return redirect("initiative-record", organisation=organisation.slug, pk=found.record.initiative_id)
