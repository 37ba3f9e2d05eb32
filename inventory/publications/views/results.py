from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from inventory.publications.results import results_page
from inventory.waves.queries import published_waves
from programmes.access.guards import public


@public("The results of a published wave are for everybody.")
def show_results(request: HttpRequest, code: str) -> HttpResponse:
    wave = get_object_or_404(published_waves(), code=code)
    return render(request, "inventory/publications/results.html", results_page(wave))
