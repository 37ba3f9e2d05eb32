"""What higher rooms tell about a cohort. Filled in programmes/registrations.py."""

from collections.abc import Callable
from dataclasses import dataclass, field

from programmes.cohorts.models import Cohort


@dataclass(frozen=True, kw_only=True)
class RoleCounts:
    """People of one role. `started` counts drafts too; `sent` those with a confirmed address or from a spreadsheet."""

    started: int = 0
    sent: int = 0
    undecided: int = 0
    accepted: int = 0
    waitlisted: int = 0
    declined: int = 0


@dataclass(frozen=True)
class LanguageCount:
    """Accepted mentees who speak it, places of accepted mentors who speak it; one person may count in several."""

    code: str
    mentees: int
    places: int


@dataclass(frozen=True, kw_only=True)
class CohortCounts:
    mentees: RoleCounts = field(default_factory=RoleCounts)
    mentors: RoleCounts = field(default_factory=RoleCounts)
    mentor_places: int = 0
    languages: tuple[LanguageCount, ...] = ()


# Language of e-mails and pages -> people of the cohort who read in it.
Readers = dict[str, int]

_sources: list[Callable[[Cohort], CohortCounts]] = []


def register_cohort_counts(source: Callable[[Cohort], CohortCounts]) -> None:
    _sources[:] = [source]


def counts_of(cohort: Cohort) -> CohortCounts:
    return _sources[0](cohort) if _sources else CohortCounts()


_reader_sources: list[Callable[[Cohort], Readers]] = []


def register_readers(source: Callable[[Cohort], Readers]) -> None:
    _reader_sources[:] = [source]


def readers_of(cohort: Cohort) -> Readers:
    return _reader_sources[0](cohort) if _reader_sources else {}
