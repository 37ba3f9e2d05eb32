"""Whom the coordinator chose in the list, and in which status she saw them."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from programmes.applications.domain.decisions import DECISIONS
from programmes.applications.forms.review import read_filters
from programmes.applications.letters import DECISION_LETTERS
from programmes.applications.models import Application
from programmes.applications.queries import confirmed, filtered, sort_applications, summarise
from programmes.cohorts.models import Cohort
from wimmentor.base.errors import DomainError
from wimmentor.base.text import read_id

# More than any cohort has; SQLite refuses a question with more values than it has room for.
MOST_CHOSEN = 20_000


@dataclass(frozen=True)
class Chosen:
    to: str
    people: list[Application]
    seen: dict[int, str]
    query: str  # of the list, to go back to

    @cached_property
    def moving(self) -> list[Application]:
        return [person for person in self.people if self.to in DECISIONS.get(self.seen[person.pk], ())]

    @cached_property
    def staying(self) -> list[Application]:
        return [person for person in self.people if person not in self.moving]

    @property
    def packed(self) -> str:
        """For one hidden field: thousands of fields would be refused."""
        return ",".join(f"{pk}:{self.seen[pk]}" for pk in (person.pk for person in self.moving))


def read_chosen(data: QueryDict, cohort: Cohort) -> Chosen:
    """From the list's check boxes (`chosen` or `everyone` that is shown), or from the letter's page (`seen`)."""
    to = data.get("to", "")
    if to not in DECISION_LETTERS:
        raise DomainError(_("Choose what to do: accept, wait-list or decline."), code="no_decision")
    query = QueryDict(data.get("filters", ""))
    if data.get("everyone"):
        people = list(sort_applications(filtered(cohort, read_filters(query, summarise(cohort))), ""))
        seen = {person.pk: person.status for person in people}
    else:
        seen = _unpack([*data.getlist("chosen"), *data.get("seen", "").split(",")])
        people = list(sort_applications(confirmed(cohort).filter(pk__in=seen), ""))
    return Chosen(to, people, seen, query.urlencode())


def _unpack(entries: list[str]) -> dict[int, str]:
    pairs = (entry.partition(":") for entry in entries)
    seen = {pk: status for text, _colon, status in pairs if (pk := read_id(text)) is not None}
    return dict(list(seen.items())[:MOST_CHOSEN])
