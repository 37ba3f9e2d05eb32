"""IWiM: the data of a published wave, made anew or with less in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inventory.publications import domain, queries
from inventory.publications.forms import TakeDownForm
from inventory.waves.queries import published_waves
from programmes.access.guards import GET_POST, on_platform
from programmes.access.permissions import Permission
from wimmentor.base.actors import Actor
from wimmentor.base.refusals import said_beside_fields


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def keep_data(request: HttpRequest, code: str) -> HttpResponse:
    wave = get_object_or_404(published_waves(), code=code)
    package = queries.packages().filter(wave=wave).first()
    form = TakeDownForm(request.POST or None, wave=wave)
    if request.method == "POST" and package is not None and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("organisation", "initiative")}
        with said_beside_fields(form):
            domain.withdraw_rows(package=package, by=Actor.of(request.user), **chosen)
            said = _(
                "Taken down from this wave's data, results and analysis. Other waves and the public list are as before."
            )
            messages.info(request, said)
            return redirect("staff-wave-data", code=code)
    context = {"wave": wave, "package": package, "form": form}
    return render(request, "inventory/publications/keep.html", context)


@on_platform(Permission.INVENTORY_REVIEW, methods=("POST",))
def make_again(request: HttpRequest, code: str) -> HttpResponse:
    wave = get_object_or_404(published_waves(), code=code)
    domain.publish_package(wave=wave, by=Actor.of(request.user))
    messages.info(request, _("Made anew. The data has a new version."))
    return redirect("staff-wave-data", code=code)
