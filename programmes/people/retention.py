"""How long what is kept, as one table: the privacy notice prints it, `expire_personal_data` does it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from programmes.audit.domain import record_event
from programmes.people import ledger
from programmes.people.models import User
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM, Actor

log = logging.getLogger(__name__)
CHUNK = 200
DAY = 24 * 3600
ROUND = "retention.round"


@dataclass(frozen=True)
class Term:
    days: int = 0
    months: int = 0

    @property
    def number(self) -> int:
        return self.days or self.months

    def before(self, instant: datetime) -> datetime:
        """Calendar months: the 31st goes back to the last day there is."""
        earlier = instant - timedelta(days=self.days)
        index = earlier.year * 12 + earlier.month - 1 - self.months
        for day in range(earlier.day, 27, -1):
            try:
                return earlier.replace(year=index // 12, month=index % 12 + 1, day=day)
            except ValueError:
                continue
        return earlier.replace(year=index // 12, month=index % 12 + 1)


@dataclass(frozen=True)
class Rule:
    """`what` and `how_long` (with %(number)d) are lines of the privacy notice; a rule without `what` is not in it.
    `expire(before, dry_run)` does it, or only counts, and is right whenever and however often it is called."""

    name: str
    term: Term
    expire: Callable[[datetime, bool], int]
    what: Promise | str = ""
    how_long: Promise | str = ""

    @property
    def says(self) -> str:
        return str(self.how_long) % {"number": self.term.number}


_rules: dict[str, Rule] = {}


def register_rules(*rules: Rule) -> None:
    for rule in rules:
        _rules[rule.name] = rule


def all_rules() -> list[Rule]:
    return list(_rules.values())


def term_of(name: str) -> Term:
    """For pages that say it where it matters."""
    return _rules[name].term


def notice_rules() -> list[Rule]:
    return [rule for rule in all_rules() if rule.what]


def expire_personal_data(*, by: Actor, dry_run: bool = False) -> list[tuple[Rule, int | None]]:
    """Every rule with what it removed; None: it failed (see the log), and the others did not wait for it. In small
    transactions: a site that goes on is not held up, and a round that ended in the middle is gone on with by the
    next."""
    instant = clock.now()
    done = [(rule, _try_rule(rule, instant, dry_run)) for rule in all_rules()]
    if not dry_run:
        # A restore does this in its transaction: until that is certain, no entry of it may stand in the file.
        transaction.on_commit(ledger.complete_ledger, robust=True)
        counts = {rule.name: count for rule, count in done if count}
        if counts:
            record_event("retention.applied", by=by, subject=User(), **counts)
    return done


def _try_rule(rule: Rule, instant: datetime, dry_run: bool) -> int | None:
    """In a restore, which is one transaction, with a savepoint: the others could not go on behind a failed query."""
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            return rule.expire(rule.term.before(instant), dry_run)
    except Exception:
        log.exception("retention: the rule %s failed", rule.name)
        return None


def expire_daily() -> int:
    """The sweep: one round a day, by whichever dispatcher comes first."""
    if cache.get(ROUND) or not cache.add(ROUND, 1, DAY):
        return 0
    return sum(count or 0 for _rule, count in expire_personal_data(by=SYSTEM))


def in_chunks(rows: QuerySet[Any], act: Callable[[list[int]], Any], dry_run: bool) -> int:
    """`act(ids)` in a transaction of its own for every few rows. Counts the rows."""
    if dry_run:
        return rows.count()
    count = 0
    for ids in _ids(rows):
        with transaction.atomic():
            act(ids)
        count += len(ids)
    return count


def _ids(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    last: Any = None
    while True:
        later = rows if last is None else rows.filter(pk__gt=last)
        ids = list(later.order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not ids:
            return
        yield ids
        last = ids[-1]


def delete_chunk(model: type[Model]) -> Callable[[list[Any]], Any]:
    return lambda ids: model._base_manager.filter(pk__in=ids).delete()
