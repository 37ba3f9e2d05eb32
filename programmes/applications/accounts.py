"""What a signed-in person sees of her applications on her own page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.applications.models import Application
from programmes.applications.own import own_applications
from programmes.applications.wording import say_badge
from programmes.people.models import User
from programmes.people.registry import Entry, Section


def list_account_applications(user: User) -> Section | None:
    entries = [
        Entry(
            title=application.cohort.programme.name,
            url=reverse("application-status", kwargs={"pk": application.pk}),
            text=_("%(cohort)s, as %(role)s") % {"cohort": application.cohort.name, "role": say_role(application)},
            badge=say_badge(application),
        )
        for application in own_applications(user)
    ]
    return Section(
        heading=_("Your applications"), entries=entries, url=reverse("my-applications"), link_text=_("All of them")
    )


def say_role(application: Application) -> str:
    return str(Application.Role(application.role).label)
