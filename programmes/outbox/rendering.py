"""Body with marks -> text and HTML. Authors write plain paragraphs; nobody writes templates that run code."""

import re
from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from programmes.access import links
from programmes.outbox.models import OutboxEmail
from wimmentor.base.languages import speak

MARK = re.compile(r"\[\[(link|secret):([a-z_]+)\]\]")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put values for `{name}`; unknown names stay as written, so a stray brace loses nothing."""
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)


def make_secrets(email: OutboxEmail) -> dict[str, str]:
    """Create the links that the body of one e-mail names, now."""
    named = {name for kind, name in MARK.findall(email.body) if kind == "link"}
    return {
        name: links.create_link(**spec, language=email.language) for name, spec in email.links.items() if name in named
    }


def render_text(body: str, secrets: Mapping[str, str]) -> str:
    return MARK.sub(lambda found: secrets.get(found[2], ""), body)


def render_masked(body: str) -> str:
    """For every view but the demonstration's mailbox."""
    return MARK.sub(lambda found: _("(her own link)") if found[1] == "link" else "••••••", body)


def render_html(email: OutboxEmail, secrets: Mapping[str, str]) -> str:
    with speak(email.language):
        return render_to_string(
            "programmes/outbox/message.html",
            {"email": email, "paragraphs": [_paragraph(part, secrets) for part in paragraphs_of(email.body)]},
        )


def paragraphs_of(body: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", body.strip()) if part.strip()]


def _paragraph(part: str, secrets: Mapping[str, str]) -> SafeString:
    html = escape(part).replace("\n", mark_safe("<br>"))

    def put(found: re.Match[str]) -> str:
        value = secrets.get(found[2], "")
        if found[1] == "link":
            return format_html('<a href="{}">{}</a>', value, value)
        return format_html("<strong>{}</strong>", value)

    return mark_safe(MARK.sub(put, str(html)))  # noqa: S308 - escaped above, marks carry our own values
