"""Open data: the register of packages, a page about each, and its files, at addresses that stay."""

import gzip
from pathlib import PurePath

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from inventory.publications import pages, queries
from inventory.publications.models import PackageFile
from inventory.publications.package import DESCRIPTOR
from programmes.access.guards import public
from wimmentor.base.spreadsheets import CSV_TYPE

REASON = "Open data is for everybody."
TYPES = {".csv": CSV_TYPE, ".json": "application/json", ".zip": "application/zip"}


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
    file = get_object_or_404(queries.files_of_packages(), package__wave__code=code, name=name)
    etag, modified = f'"{file.digest}"', int(file.package.made_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=modified) or _answer(request, file, code)
    # Compressed and plain they are the same file, and not the same bytes.
    response["ETag"] = f"W/{etag}" if response.has_header("Content-Encoding") else etag
    response["Last-Modified"] = http_date(modified)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _answer(request: HttpRequest, file: PackageFile, code: str) -> HttpResponse:
    content, as_kept = bytes(file.content), file.is_compressed and accepts_gzip(request)
    if file.is_compressed and not as_kept:
        content = gzip.decompress(content)
    response = HttpResponse(content, content_type=TYPES[PurePath(file.name).suffix])
    if as_kept:
        response["Content-Encoding"] = "gzip"
    # The descriptor refers to its tables by their own names.
    called = file.name if file.name == DESCRIPTOR else f"wim-inventory-{code}-{file.name}"
    response["Content-Disposition"] = f'inline; filename="{called}"'
    return response


def accepts_gzip(request: HttpRequest) -> bool:
    return re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")) is not None
