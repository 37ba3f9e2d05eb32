"""What an edition's numbers say, each with its base: sizes, shares and work per pair. None where a number is missing
or where two contradict each other; zero is a number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from inventory.initiatives.questionnaire.question import Label
from inventory.initiatives.rows import EditionRow, InitiativeRow, part_of, value_of

# What people write for a code of ISO 4217.
_CURRENCIES = {
    **dict.fromkeys(("US$", "U$S", "US DOLLAR", "US DOLLARS"), "USD"),
    **dict.fromkeys(("€", "EURO", "EUROS"), "EUR"),
    **dict.fromkeys(("S/", "S/.", "SOLES"), "PEN"),
    "A$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "MX$": "MXN",
    "KSH": "KES",
    "₦": "NGN",
    "RP": "IDR",
}
Number = int | float
Read = Callable[[InitiativeRow, EditionRow], tuple[Number, Number] | None]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """`pooled`: sums of the first number over sums of the second, which is its base; else the median of the first.
    `public`: everything it is made of is a public answer. `people`: it counts people."""

    name: str
    label: Label
    base: Label = ""
    unit: Literal["number", "share", "days", "hours", "money"]
    read: Read
    pooled: bool = True
    public: bool = False
    people: bool = False


def number_in(answers: Mapping[str, Any], code: str, part: str = "") -> Number | None:
    answer = answers.get(code)
    value = answer.get("value") if answer else None
    if part:
        value = value.get(part) if isinstance(value, Mapping) else None
    usable = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    return value if usable else None


def read_mentees(row: InitiativeRow, edition: EditionRow) -> tuple[Number, Number] | None:
    return _one(number_in(edition.answers, "D5"))


def read_pairs(row: InitiativeRow, edition: EditionRow) -> tuple[Number, Number] | None:
    return _one(number_in(edition.answers, "D7"))


def read_days(row: InitiativeRow, edition: EditionRow) -> tuple[Number, Number] | None:
    return _one(number_in(edition.answers, "E5"))


def read_uptake(row: InitiativeRow, edition: EditionRow) -> tuple[Number, Number] | None:
    return _share(number_in(edition.answers, "D5"), number_in(edition.answers, "D2"), at_most=True)


def read_match_rate(row: InitiativeRow, edition: EditionRow) -> tuple[Number, Number] | None:
    """In a circle several mentees are matched at once: there those who started are counted, else the pairs."""
    circles = "mentoring_circle" in (value_of(row.answers, "B2") or ())
    matched = number_in(edition.answers, "D5" if circles else "D7")
    return _share(matched, number_in(edition.answers, "D3", "eligible"), at_most=True)


def read_hours(row: InitiativeRow, edition: EditionRow) -> tuple[Number, Number] | None:
    paid, unpaid = (number_in(edition.answers, "E6", part) for part in ("paid", "volunteer"))
    return _share(None if paid is None or unpaid is None else paid + unpaid, number_in(edition.answers, "D7"))


def read_satisfaction(row: InitiativeRow, edition: EditionRow) -> tuple[Number, Number] | None:
    """The mean as a share of the scale's maximum, counted once for each respondent."""
    mean, maximum, answered = (number_in(edition.answers, "I2", part) for part in ("mean", "maximum", "answered"))
    if mean is None or not maximum or not answered or mean > maximum:
        return None
    return mean / maximum * answered, answered


def read_completion(row: InitiativeRow, edition: EditionRow) -> tuple[Number, Number] | None:
    return _share(number_in(edition.answers, "D9", "completed"), number_in(edition.answers, "D7"), at_most=True)


def read_cost(row: InitiativeRow, edition: EditionRow) -> tuple[Number, Number] | None:
    """In its own currency."""
    return _share(number_in(edition.answers, "E7", "amount"), number_in(edition.answers, "D7"))


def currency_of(edition: EditionRow) -> str:
    """Its code, where what people write for it is known: USD, usd and US$ are one."""
    words = " ".join(str(part_of(edition.answers, "E7", "currency") or "").upper().split())
    return _CURRENCIES.get(words, words)


def _one(value: Number | None) -> tuple[Number, Number] | None:
    return None if value is None else (value, 1)


def _share(part: Number | None, whole: Number | None, *, at_most: bool = False) -> tuple[Number, Number] | None:
    if part is None or not whole or (at_most and part > whole):
        return None
    return part, whole


UPTAKE = Measure(name="uptake", label=_("Uptake"), base=_("places"), unit="share", read=read_uptake, people=True)
SATISFACTION = Measure(
    name="satisfaction",
    label=_("Satisfaction, of the most possible"),
    base=_("respondents"),
    unit="share",
    read=read_satisfaction,
)
COMPLETION = Measure(
    name="completion",
    label=_("Pairs that completed"),
    base=_("pairs"),
    unit="share",
    read=read_completion,
    people=True,
)
MEASURES = (
    Measure(
        name="mentees",
        label=_("Mentees in an edition"),
        unit="number",
        read=read_mentees,
        pooled=False,
        public=True,
        people=True,
    ),
    Measure(
        name="pairs",
        label=_("Pairs in an edition"),
        unit="number",
        read=read_pairs,
        pooled=False,
        public=True,
        people=True,
    ),
    UPTAKE,
    Measure(
        name="match_rate",
        label=_("Eligible mentees with a pair"),
        base=_("eligible mentees"),
        unit="share",
        read=read_match_rate,
        people=True,
    ),
    Measure(name="days", label=_("Days from close to pairs"), unit="days", read=read_days, pooled=False),
    Measure(name="hours", label=_("Hours of matching per pair"), base=_("pairs"), unit="hours", read=read_hours),
    SATISFACTION,
    COMPLETION,
)


def measure_cost(currency: str) -> Measure:
    """Currencies are never converted."""
    return Measure(name=f"cost_{currency}", label=currency, base=_("pairs"), unit="money", read=read_cost)
