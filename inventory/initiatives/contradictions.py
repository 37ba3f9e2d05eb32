"""What does not fit together. It is said to whoever answers and to whoever reads, and never keeps anything back."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.rows import Answers, EditionRow, part_of, value_of


@dataclass(frozen=True)
class Contradiction:
    """`questions`: which answers do not fit; `edition`: of which edition, if of one."""

    questions: tuple[str, ...]
    text: Promise | str
    edition: str = ""


def find_contradictions(answers: Answers, editions: Iterable[EditionRow]) -> list[Contradiction]:
    found = [Contradiction(codes, text) for codes, text, holds in OF_INITIATIVE if holds(answers)]
    for edition in editions:
        found += [Contradiction(codes, text, edition.label) for codes, text in _of_edition(answers, edition.answers)]
    return found


def _more(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and low > high


def _dates_turned(answers: Answers) -> bool:
    start, end = part_of(answers, "B7", "start"), part_of(answers, "B7", "end")
    if not start or not end or "before" in f"{start}{end}":
        return False
    length = min(len(start), len(end))
    return bool(start[:length] > end[:length])


Check = tuple[tuple[str, ...], Promise, Callable[[Answers], bool]]
OF_INITIATIVE: tuple[Check, ...] = (
    (("B7",), _("It ends before it starts."), _dates_turned),
    (
        ("C2",),
        _("The least experience is more than the most."),
        lambda a: _more(part_of(a, "C2", "minimum"), part_of(a, "C2", "maximum")),
    ),
    (
        ("B3", "B6"),
        _("It is an idea or planned, but editions are completed."),
        lambda a: value_of(a, "B3") in ("idea", "planned") and bool(part_of(a, "B6", "completed")),
    ),
    (
        ("G1", "G2"),
        _("No fee is named as a source of funding, but a fee is told."),
        lambda a: (
            bool(part_of(a, "G2", "mentee"))
            and value_of(a, "G1") is not None
            and not {"mentee_fee", "employer_fee"} & set(value_of(a, "G1"))
        ),
    ),
    (
        ("E1", "E4"),
        _("A program or provider is named, but pairs are made otherwise."),
        lambda a: (
            bool(value_of(a, "E4"))
            and value_of(a, "E1") is not None
            and not {"software_proposed", "software_auto", "spreadsheet", "expert"} & set(value_of(a, "E1"))
        ),
    ),
)


def _of_edition(initiative: Answers, a: Answers) -> Iterator[tuple[tuple[str, ...], Promise]]:
    kinds = value_of(initiative, "B2") or ()
    mentees, pairs = value_of(a, "D5"), value_of(a, "D7")
    ended = [part_of(a, "D9", name) for name in ("completed", "ended_early")]
    genders = [part_of(a, "D6", name) for name in ("women", "men", "nonbinary", "undisclosed")]
    checks: tuple[tuple[bool, tuple[str, ...], Promise], ...] = (
        ("mentoring_1to1" in kinds and _more(pairs, mentees), ("D7", "D5"), _("More pairs than mentees.")),
        (_more(mentees, part_of(a, "D3", "eligible")), ("D5", "D3"), _("More mentees started than were eligible.")),
        (_more(part_of(a, "D3", "eligible"), part_of(a, "D3", "received")), ("D3",), _ELIGIBLE),
        (_more(part_of(a, "D4", "eligible"), part_of(a, "D4", "received")), ("D4",), _ELIGIBLE),
        (_more(mentees, value_of(a, "D2")), ("D5", "D2"), _("More mentees started than there were places.")),
        (_more(sum(n or 0 for n in ended), pairs), ("D9", "D7"), _("More pairs ended than there were.")),
        (_more(sum(n or 0 for n in genders), part_of(a, "D6", "total")), ("D6",), _("The parts are more than all.")),
        (_more(value_of(a, "D10"), mentees), ("D10", "D5"), _("More scholarship places than mentees.")),
        *_of_rates(a),
    )
    yield from ((codes, text) for holds, codes, text in checks if holds)


_ELIGIBLE = _("More were eligible than applied.")


def _of_rates(a: Answers) -> Iterator[tuple[bool, tuple[str, ...], Promise]]:
    mean, most = part_of(a, "I2", "mean"), part_of(a, "I2", "maximum")
    answered = part_of(a, "I2", "answered")
    yield (
        mean is not None and (most is None or answered is None),
        ("I2",),
        _("A mean without its scale or its answers."),
    )
    yield _more(mean, most), ("I2",), _("The mean is above the scale.")
    yield _more(answered, part_of(a, "I2", "asked")), ("I2",), _("More answered than were asked.")
    share, base = part_of(a, "I3", "percent"), part_of(a, "I3", "answered")
    yield share is not None and base is None, ("I3",), _("A share without the number of answers.")
    for row in value_of(a, "I4") or ():
        yield _more(row.get("number"), row.get("of")), ("I4",), _("More than the number of people it is a part of.")
        yield row.get("number") is not None and row.get("of") is None, ("I4",), _("A number without its base.")
