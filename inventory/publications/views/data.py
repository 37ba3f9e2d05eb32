"""Open data: the register of packages, a page about each, and its files, at addresses that stay."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from inventory.publications import files, pages, queries
from inventory.publications.models import Package
from inventory.publications.package import DESCRIPTOR
from programmes.access.guards import public

REASON = "Open data is for everybody."


@public(REASON)
def list_packages(request: HttpRequest) -> HttpResponse:
    rows = [pages.package_row(package) for package in queries.packages()]
    return render(request, "inventory/publications/register.html", {"rows": rows})


@public(REASON)
def show_package(request: HttpRequest, code: str) -> HttpResponse:
    package = get_object_or_404(queries.packages(), wave__code=code)
    return render(request, "inventory/publications/package.html", pages.package_page(package))


@public(REASON)
def send_file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    return _send(request, code, name)


@public(REASON)
def send_table(request: HttpRequest, code: str, table: str) -> HttpResponse:
    return _send(request, code, f"{table}.csv")


def _send(request: HttpRequest, code: str, name: str) -> HttpResponse:
    package, kind = get_object_or_404(queries.packages(), wave__code=code), files.kind_of(name)
    if kind is None:
        raise Http404
    etag, modified = files.etag_of(package, name), int(package.made_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        response = HttpResponse(files.write_file(package, kind), content_type=kind.content_type)
        response["Content-Disposition"] = f'inline; filename="{_file_name(package, name)}"'
    response["ETag"], response["Last-Modified"] = etag, http_date(modified)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _file_name(package: Package, name: str) -> str:
    """The descriptor refers to its tables by their own names."""
    return name if name == DESCRIPTOR else f"{package.descriptor['name']}-{name}"
