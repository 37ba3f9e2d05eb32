"""Where the analysis is read: in public, by members of an organisation, by IWiM. The content is the same; the level of
the reader decides what it shows."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from inventory.analysis.levels import Level
from programmes.organisations.models import Organisation


@dataclass(frozen=True)
class Room:
    """`shell`: the frame of its pages; `prefix`: of the names of its addresses."""

    level: Level
    shell: str
    prefix: str
    organisation: Organisation | None = None

    def url(self, page: str, *args: Any) -> str:
        own = [self.organisation.slug] if self.organisation else []
        return reverse("-".join(filter(None, [self.prefix, page])), args=[*own, *args])

    @property
    def page_url(self) -> str:
        return self.url("")

    @property
    def table_url(self) -> str:
        return self.url("table")

    def file_url(self, name: str) -> str:
        return self.url("file", name)


PUBLIC = Room("public", "public.html", "inventory-analysis")
STAFF = Room("iwim", "work.html", "staff-analysis")


def room_of(organisation: Organisation) -> Room:
    """What an organisation is shown before IWiM has verified it is what everybody is shown."""
    level: Level = "alliance" if organisation.verified_at else "public"
    return Room(level, "work.html", "organisation-analysis", organisation)
