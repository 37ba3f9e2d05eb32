"""What the engine reads: people, settings, and the problems that make it refuse them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

DEFAULT_WEIGHTS: Final[Mapping[str, int]] = {
    "goals": 30,
    "seniority_gap": 14,
    "function": 12,
    "time_zone": 12,
    "language": 10,
    "region": 6,
    "gender_preference": 6,
    "availability": 6,
    "interests": 4,
}
DEFAULT_HARD: Final = frozenset({"language", "employer", "seniority_gap"})
FAIRNESS: Final = ("none", "bottleneck", "bands")
# Criteria that count only where the settings give them a weight.
RANKINGS: Final = ("mentee_ranking", "mentor_ranking")
OWN_PREFIX: Final = "own:"
OWN_KINDS: Final = ("same", "share", "overlap")
GENDERS: Final = ("female", "male", "nonbinary")
SLOTS_PER_WEEK: Final = 336

# done, total, stage ('compare', 'solve', 'check'); called at block boundaries.
Progress = Callable[[int, int, str], None]
# Whether a deadline has come.
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Days on site and days at home in turn, without end; stated hours hold on the `free` part of them alone.

    `first_day_on`: one first day on site by her own clock, as date.toordinal() counts (day 1 is a Monday); None: not
    known where in the cycle she is.
    """

    days_on: int
    days_off: int
    first_day_on: int | None = None
    free: str = "off"  # 'off': the days at home; 'on': those on site

    @property
    def cycle(self) -> int:
        return self.days_on + self.days_off


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One side of a pair. Texts are already folded by the caller; '', None and empty sets mean "not stated".

    `goals`: wanted by a mentee, offered by a mentor; codes, or own words as 'own:...'.
    `availability`: half-hour slots of a week in UTC, 0..335. `utc_offset_min`: minutes. `country`: ISO alpha-2.
    `person_key`: the folded e-mail; the same key on both sides is the same person.
    `line_manager_keys`, `past_partner_keys`: person keys. `not_with_people`: folded e-mails or names.
    `roster`: without one the hours hold every week. `own_answers`: choices by key of Settings.own_criteria.
    `ranking`: ids of the other side, the dearest wish first.
    """

    id: str
    person_key: str
    name_key: str = ""
    languages: frozenset[str] = frozenset()
    preferred_language: str | None = None
    employer: str | None = None
    country: str | None = None
    utc_offset_min: int | None = None
    function: str | None = None
    experience_months: int | None = None
    gender: str | None = None
    goals: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    availability: frozenset[int] = frozenset()
    preferred_gender: str | None = None
    preferred_gender_strict: bool = False
    line_manager_keys: frozenset[str] = frozenset()
    not_with_people: frozenset[str] = frozenset()
    not_with_employers: frozenset[str] = frozenset()
    past_partner_keys: frozenset[str] = frozenset()
    adult: bool | None = None
    roster: Roster | None = None
    own_answers: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    ranking: tuple[str, ...] = ()

    @property
    def spoken(self) -> frozenset[str]:
        """A preferred language is spoken, whether or not it was ticked among the others."""
        return self.languages | {self.preferred_language} if self.preferred_language else self.languages


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentee(Person):
    """`top_criterion`: the criterion that counts more for her, see `weights`."""

    top_criterion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor(Person):
    capacity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`locked` and `forbidden` hold (mentee id, mentor id). Gaps are months of experience, mentor minus mentee.

    `fairness`: 'bottleneck' makes the worst pair as good as it can be; 'bands' has as few pairs as possible below the
    first of `bands` (points of 100), of those as few below the second, and so on. A locked pair may break a switchable
    rule, never one that is always on; its points count all the same, but fairness looks at the other pairs alone.
    `weights`: all nine of DEFAULT_WEIGHTS, and if wanted RANKINGS and keys of `own_criteria`; 100 together.
    `own_criteria`: 'own:' and the code of a programme's own choice question -> one of OWN_KINDS.
    `top_criterion_extra`: points that move to what counts most for a mentee.
    """

    weights: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    hard: frozenset[str] = DEFAULT_HARD
    min_gap_months: int = 24
    ideal_gap_months: tuple[int, int] = (60, 180)
    min_overlap_slots: int = 4
    top_criterion_extra: int = 10
    own_criteria: Mapping[str, str] = field(default_factory=dict)
    fairness: str = "bottleneck"
    bands: tuple[int, ...] = (40, 55, 70)
    locked: frozenset[tuple[str, str]] = frozenset()
    forbidden: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """`row_id`: a person's id, or '' for the settings as a whole. `code`: one of `codes.PROBLEM_CODES`."""

    row_id: str
    field: str
    code: str
    message: str


class CohortError(Exception):
    """The cohort or its settings cannot be matched; `problems` lists everything that is wrong, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in problems))
