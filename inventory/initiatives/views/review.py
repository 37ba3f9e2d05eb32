from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inventory.initiatives import domain, pages, queries
from inventory.initiatives.forms import ReviewForm
from inventory.initiatives.models import Initiative
from programmes.access.guards import GET_POST, on_platform
from programmes.access.permissions import Permission
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError


@on_platform(Permission.INVENTORY_REVIEW)
def list_waiting(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.initiatives_to_review(), 50).get_page(request.GET.get("page"))
    context = {"page": page, "rows": pages.entry_rows(page.object_list)}
    return render(request, "inventory/initiatives/review_list.html", context)


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = get_object_or_404(queries.initiatives_to_review(), pk=pk)
    form = ReviewForm(request.POST or None, initial={"version": initiative.version})
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, initiative, form)
            return redirect("staff-initiatives")
        except Conflict:
            raise
        except DomainError as error:
            form.add_refusal(error)
    context = {"initiative": initiative, "title": pages.title_of(initiative), "form": form}
    context |= {"answers": pages.answers_of(initiative)}
    context |= {"editions": [(edition, pages.figures_of(edition)) for edition in initiative.editions.all()]}
    return render(request, "inventory/initiatives/review.html", context)


def _decide(request: HttpRequest, initiative: Initiative, form: ReviewForm) -> None:
    seen, by = form.cleaned_data["version"] or 0, Actor.of(request.user)
    if request.POST.get("decision") == "publish":
        domain.publish_initiative(initiative=initiative, seen=seen, by=by)
        messages.info(request, _("Published."))
    else:
        domain.return_initiative(initiative=initiative, note=form.cleaned_data["note"], seen=seen, by=by)
        messages.info(request, _("Returned with your question. The organisation gets it by e-mail."))
