"""Pages of the demonstration: one-click sign-in and the mailbox. Anywhere else they are not there."""

from email.message import EmailMessage

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from programmes.access.guards import GET_POST, public
from programmes.outbox.mailbox import read_mailbox, read_message
from programmes.people.demo import find_demo_user, is_demo_visit

REASON = "Demo mode on one's own machine only; elsewhere it answers 404."


@public(REASON, methods=GET_POST)
def sign_in_demo(request: HttpRequest, key: str) -> HttpResponse:
    user = find_demo_user(key) if is_demo_visit(request) else None
    if user is None:
        raise Http404
    if request.method == "GET":
        return render(request, "programmes/people/demo_sign_in.html", {"person": user})
    if request.user.is_authenticated:
        get_adapter().logout(request)
    response: HttpResponse = perform_login(request, user, email_verification="none")
    return response


@public(REASON)
def list_mailbox(request: HttpRequest) -> HttpResponse:
    if not is_demo_visit(request):
        raise Http404
    letters = [{"name": name, "message": message} for name, message in read_mailbox()]
    return render(request, "programmes/people/demo_mailbox.html", {"letters": letters})


@public(REASON)
def show_message(request: HttpRequest, name: str) -> HttpResponse:
    message = read_message(name) if is_demo_visit(request) else None
    if message is None:
        raise Http404
    return render(request, "programmes/people/demo_message.html", {"message": message, "text": _plain_text(message)})


def _plain_text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    return str(part.get_content()) if part is not None else ""
