"""People as columns: indices into shared vocabularies, bit sets as blocks of 64, tables over the few distinct keys."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .criteria import CRITERIA, list_own
from .model import Mentee, Mentor, Person, Roster, Settings
from .rosters import DAYS, SLOTS_A_DAY, split_layers, tabulate_free_days
from .rules import breaks_strict_gender
from .tables import COUNTRY_REGION, FUNCTION_AREA

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]
ABSENT: Final = -1
# far outside every experience and offset, so that a mistake shows as an index error instead of a plausible score
_NO_NUMBER: Final = 10**6


@dataclass(frozen=True, slots=True)
class Tags:
    """Bit sets of one side over the tags that both sides use; `count` = tags of the person, used or not."""

    bits: NDArray[np.uint64]  # people x words
    count: Ints


@dataclass(frozen=True, slots=True)
class Layers:
    """The hours of one side by layer (see rosters.py) and day: a bit a half-hour; and the roster of each layer."""

    bits: NDArray[np.uint64]  # people x 2 x 7
    roster: Ints  # people x 2
    has_roster: Flags


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """`days` and `weeks` are over (roster of mentees, roster of mentors): free days of each kind, in so many weeks."""

    mentees: Layers
    mentors: Layers
    days: NDArray[np.int32]  # x 7
    weeks: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Columns:
    """One side. Indices are -1 where nothing was stated. `layers`: None where nobody of either side has a roster."""

    goals: Tags
    interests: Tags
    slots: Tags
    languages: Tags
    preferred_language: Ints
    speaks: Flags  # people x preferred languages of either side, one column of False at the end for -1
    function: Ints
    area: Ints
    country: Ints
    region: Ints
    employer: Ints
    months: Ints
    months_known: Flags
    offset: Ints
    offset_known: Flags
    wish: Ints
    minor: Flags
    own: Mapping[str, Tags]
    layers: Layers | None

    def tags(self, name: str) -> Tags:
        """Of one of the four fields that hold tags, or of a programme's own criterion."""
        found: Tags = self.own[name] if name in self.own else getattr(self, name)
        return found


@dataclass(frozen=True, slots=True)
class Encoded:
    """`gender_score` and `gender_broken` are tables over (mentee wish, mentor wish): gender, preference, strictness."""

    mentees: Columns
    mentors: Columns
    gender_score: NDArray[np.int16]
    gender_broken: Flags
    free_times: FreeTimes | None


def encode_cohort(mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings) -> Encoded:
    sides: tuple[Sequence[Person], Sequence[Person]] = (mentees, mentors)
    goals = _encode_tags(sides, attrgetter("goals"))
    interests = _encode_tags(sides, attrgetter("interests"))
    slots = _encode_tags(sides, attrgetter("availability"))
    languages = _encode_tags(sides, attrgetter("spoken"))
    preferred = _vocabulary([person.preferred_language for person in people] for people in sides)
    indices = {name: _index(sides, key) for name, key in _KEYS.items()}
    own = {key: _encode_tags(sides, partial(_read_own, key)) for key in list_own(settings)}
    layers, free_times = _encode_rosters(sides)
    columns = []
    for side, people in enumerate(sides):
        months, months_known = _encode_numbers([person.experience_months for person in people])
        offset, offset_known = _encode_numbers([person.utc_offset_min for person in people])
        columns.append(
            Columns(
                goals=goals[side],
                interests=interests[side],
                slots=slots[side],
                languages=languages[side],
                preferred_language=indices["preferred_language"][side],
                speaks=_mark_speakers(people, preferred),
                function=indices["function"][side],
                area=indices["area"][side],
                country=indices["country"][side],
                region=indices["region"][side],
                employer=indices["employer"][side],
                months=months,
                months_known=months_known,
                offset=offset,
                offset_known=offset_known,
                wish=indices["wish"][side],
                minor=np.array([person.adult is False for person in people], dtype=bool),
                own={key: tags[side] for key, tags in own.items()},
                layers=layers[side],
            )
        )
    score, broken = _tabulate_wishes(mentees, mentors, indices["wish"], settings)
    return Encoded(columns[0], columns[1], score, broken, free_times)


def _read_own(key: str, person: Person) -> frozenset[str]:
    return person.own_answers.get(key, frozenset())


def _find_wish(person: Person) -> Hashable:
    return person.gender, person.preferred_gender, person.preferred_gender_strict


_KEYS: Final[Mapping[str, Callable[[Person], Hashable]]] = {
    "function": attrgetter("function"),
    "area": lambda person: FUNCTION_AREA.get(person.function or ""),
    "country": attrgetter("country"),
    "region": lambda person: COUNTRY_REGION.get(person.country or ""),
    "employer": attrgetter("employer"),
    "preferred_language": attrgetter("preferred_language"),
    "wish": _find_wish,
}


def _vocabulary(values: Iterable[Sequence[Hashable]]) -> dict[Hashable, int]:
    """Numbers of what was stated, in order of appearance."""
    stated = dict.fromkeys(chain.from_iterable(values))
    stated.pop(None, None)
    stated.pop("", None)
    return {value: number for number, value in enumerate(stated)}


def _index(sides: tuple[Sequence[Person], Sequence[Person]], key: Callable[[Person], Hashable]) -> tuple[Ints, Ints]:
    values = [list(map(key, people)) for people in sides]
    found = _vocabulary(values)
    one, other = (np.array([found.get(value, ABSENT) for value in side], dtype=np.int32) for side in values)
    return one, other


def _encode_tags(
    sides: tuple[Sequence[Person], Sequence[Person]], key: Callable[[Person], frozenset[Any]]
) -> tuple[Tags, Tags]:
    # a tag that one side alone uses can never be shared, so it needs no bit
    sets = [list(map(key, people)) for people in sides]
    used = [set(chain.from_iterable(tags)) for tags in sets]
    position = {tag: number for number, tag in enumerate(sorted(used[0] & used[1]))}
    one, other = (_pack_tags(tags, position) for tags in sets)
    return one, other


def _pack_tags(sets: Sequence[frozenset[Any]], position: Mapping[Any, int]) -> Tags:
    count = np.array([len(tags) for tags in sets], dtype=np.int32)
    places = np.fromiter((position.get(tag, ABSENT) for tag in chain.from_iterable(sets)), np.intp, int(count.sum()))
    rows, used = np.repeat(np.arange(len(sets)), count), places >= 0
    bits = np.zeros((len(sets), len(position) // 64 + 1), dtype=np.uint64)
    marks = np.uint64(1) << (places[used] % 64).astype(np.uint64)
    np.bitwise_or.at(bits, (rows[used], places[used] // 64), marks)
    return Tags(bits, count)


def _encode_rosters(
    sides: tuple[Sequence[Person], Sequence[Person]],
) -> tuple[tuple[Layers | None, Layers | None], FreeTimes | None]:
    if not any(person.roster is not None for people in sides for person in people):
        return (None, None), None
    (one, ones), (other, others) = (_encode_layers(people) for people in sides)
    return (one, other), FreeTimes(one, other, *tabulate_free_days(ones, others))


def _encode_layers(people: Sequence[Person]) -> tuple[Layers, list[Roster | None]]:
    kinds: dict[Roster | None, int] = {None: 0}
    marks = np.zeros((len(people), 2, DAYS, 64), dtype=np.uint8)
    roster = np.zeros((len(people), 2), dtype=np.int32)
    for row, person in enumerate(people):
        for number, layer in enumerate(split_layers(person)):
            roster[row, number] = kinds.setdefault(layer.roster, len(kinds))
            slots = np.fromiter(layer.slots, np.intp, len(layer.slots))
            marks[row, number, slots // SLOTS_A_DAY, slots % SLOTS_A_DAY] = 1
    bits = np.packbits(marks, axis=-1, bitorder="little").view("<u8")[..., 0]
    has_roster = np.array([person.roster is not None for person in people], dtype=bool)
    return Layers(bits, roster, has_roster), list(kinds)


def _mark_speakers(people: Sequence[Person], languages: Mapping[Hashable, int]) -> Flags:
    speaks = np.zeros((len(people), len(languages) + 1), dtype=bool)
    for row, person in enumerate(people):
        for language in person.spoken:
            if language in languages:
                speaks[row, languages[language]] = True
    return speaks


def _encode_numbers(values: Sequence[int | None]) -> tuple[Ints, Flags]:
    numbers = np.array([_NO_NUMBER if value is None else value for value in values], dtype=np.int32)
    return numbers, np.array([value is not None for value in values], dtype=bool)


def _tabulate_wishes(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], wishes: tuple[Ints, Ints], settings: Settings
) -> tuple[NDArray[np.int16], Flags]:
    # at most 4 x 4 x 2 distinct wishes a side, so the scalar functions can fill the table
    example_mentees = dict(zip(wishes[0].tolist(), mentees, strict=True))
    example_mentors = dict(zip(wishes[1].tolist(), mentors, strict=True))
    size = 1 + max((int(index.max()) for index in wishes if index.size), default=0)
    score = np.zeros((size, size), dtype=np.int16)
    broken = np.zeros((size, size), dtype=bool)
    grade = CRITERIA["gender_preference"]
    for row, mentee in example_mentees.items():
        for column, mentor in example_mentors.items():
            score[row, column] = grade(mentee, mentor, settings).score
            broken[row, column] = breaks_strict_gender(mentee, mentor) or breaks_strict_gender(mentor, mentee)
    return score, broken
