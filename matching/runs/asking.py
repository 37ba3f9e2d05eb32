"""Questions about a result, answered by the engine in a child process: no web worker computes.

Only few children work at once for each process of the site, and none for long; whoever comes too many is told so.
"""

import time
from collections.abc import Sequence
from threading import BoundedSemaphore
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from matching.engine import cohort_to_json
from matching.runs.child import EngineCrashed, run_engine
from matching.runs.models import MatchingRun
from matching.runs.present import Present
from wimmentor.base.errors import DomainError

# Of one side. A child for 1,500 mentees and 900 mentors took 1.1 seconds and 135 MB
# (tests/benchmarks/bench_whatif.py); the page has to write and compare all of them as well.
MOST_PEOPLE: Final = 1500
SECONDS: Final = 10
AT_ONCE: Final = 2
WAIT_SECONDS: Final = 1
_children = BoundedSemaphore(AT_ONCE)


class _TooSlow(Exception):
    pass


def ask_engine(run: MatchingRun, present: Present, question: Sequence[str]) -> dict[str, Any]:
    """`question`: as `matching.engine.cli` takes it, about a result that still holds. DomainError: busy, slow, crashed,
    too_many."""
    if max(len(present.mentees), len(present.mentors)) > MOST_PEOPLE:
        message = _("Prices are worked out for up to %(most)s mentees and as many mentors. Change it and run again.")
        raise DomainError(message % {"most": number_format(MOST_PEOPLE, force_grouping=True)}, code="too_many")
    document = {
        **cohort_to_json(present.mentees, present.mentors, present.settings),
        "solution": run.solution,
        "questions": [list(question)],
    }
    if not _children.acquire(timeout=WAIT_SECONDS):
        raise DomainError(_("Other prices are being worked out at this moment. Try again."), code="busy")
    try:
        return _run(document)
    finally:
        _children.release()


def _run(document: dict[str, Any]) -> dict[str, Any]:
    until = time.monotonic() + SECONDS

    def beat(progress: dict[str, Any] | None) -> None:
        if time.monotonic() > until:
            raise _TooSlow

    try:
        answer = run_engine("whatif", document, beat=beat, every=0.5)
    except _TooSlow as error:
        raise DomainError(
            _("The price was not found within %(seconds)s seconds.") % {"seconds": SECONDS}, code="slow"
        ) from error
    except EngineCrashed as error:
        raise DomainError(_("The price could not be worked out."), code="crashed") from error
    # a result that the engine refuses as a whole gives problems for everything
    found: dict[str, Any] = answer["answers"][0] if "answers" in answer else answer
    return found
