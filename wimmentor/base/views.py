import errno
import sys

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template


def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """Ready means: the database answers and every migration is in."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"database": "no answer"}, status=503)
    status = 503 if pending else 200
    return JsonResponse({"database": "ok", "pending_migrations": len(pending)}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"plain_page": True}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: the database may be what is broken."""
    if is_out_of_reach(sys.exception()):
        return HttpResponse(get_template("503.html").render(), status=503, headers={"Retry-After": "60"})
    return HttpResponse(get_template("500.html").render(), status=500)


def is_out_of_reach(error: BaseException | None) -> bool:
    """The database does not answer or has no room left, or the disk for files has none: it passes, and nothing was
    half written."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    return isinstance(error, OperationalError | InterfaceError)
