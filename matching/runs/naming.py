"""People of a run in a sentence: some by name, the others counted."""

from collections.abc import Iterable, Mapping

from django.utils.translation import ngettext

from programmes.applications.models import Application

MOST_NAMED = 8


def name_people(ids: Iterable[str], known: Mapping[int, Application]) -> list[str]:
    """By name, at most MOST_NAMED. Who is not known any more, and all beyond, are one last entry."""
    wanted = [int(pk) for pk in ids]
    people = sorted((known[pk] for pk in wanted if pk in known), key=lambda person: (person.name_folded, person.pk))
    names = [person.name for person in people[:MOST_NAMED]]
    if more := len(wanted) - len(names):
        names.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
    return names
