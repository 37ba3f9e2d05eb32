"""IWiM: answers that come in a spreadsheet."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inventory.waves import domain
from inventory.waves.import_form import AnswersForm, ImportDecisionForm
from inventory.waves.import_pages import preview_of
from inventory.waves.importing import Plan
from inventory.waves.models import AnswerImport, Wave
from inventory.waves.targets import find_targets
from programmes.access.guards import GET_POST, on_platform
from programmes.access.permissions import Permission
from programmes.people.retention import term_of
from wimmentor.base.actors import Actor
from wimmentor.base.refusals import said_beside_fields, said_on_next_page


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def upload(request: HttpRequest, code: str) -> HttpResponse:
    wave = get_object_or_404(Wave, code=code)
    form = AnswersForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            prepared = domain.prepare_import(wave=wave, plan=form.plan, file_name=form.names, by=Actor.of(request.user))
            return redirect("staff-wave-import-look", code=code, pk=prepared.pk)
    context = {
        "form": form,
        "wave": wave,
        "imports": wave.imports.defer("plan", "report")[:10],
        "kept": term_of("answer_imports"),
    }
    return render(request, "inventory/waves/import.html", context)


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def look(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    prepared = get_object_or_404(AnswerImport.objects.select_related("wave"), wave__code=code, pk=pk)
    if request.method == "POST":
        return _decide(request, prepared)
    if prepared.applied_at:
        context = {"prepared": prepared, "wave": prepared.wave, "report": prepared.report}
        return render(request, "inventory/waves/import_result.html", context)
    plan = Plan.from_json(prepared.plan)
    context = preview_of(plan, find_targets(plan, prepared.wave))
    return render(request, "inventory/waves/import_look.html", {**context, "prepared": prepared, "wave": prepared.wave})


def _decide(request: HttpRequest, prepared: AnswerImport) -> HttpResponse:
    form, by = ImportDecisionForm(request.POST), Actor.of(request.user)
    if not form.is_valid():
        messages.warning(request, _("This page was not complete. Nothing was changed: look at it again."))
    elif form.cleaned_data["step"] == "discard":
        with said_on_next_page(request):
            domain.discard_import(prepared=prepared, by=by)
            messages.info(request, _("What was read is gone. Nothing was brought in."))
            return redirect("staff-wave-import", code=prepared.wave.code)
    else:
        with said_on_next_page(request):
            domain.apply_import(prepared=prepared, submit=form.cleaned_data["step"] == "send", by=by)
    return redirect("staff-wave-import-look", code=prepared.wave.code, pk=prepared.pk)
