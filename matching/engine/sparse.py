"""The rules that few pairs break, found by lookup instead of by comparing everybody; twins of those in rules.py."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from .model import Mentee, Mentor, Person, Settings

Named = Callable[[Person], Iterable[str]]
Places = list[tuple[int, int]]


def find_sparse_pairs(mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings) -> dict[str, Places]:
    """Row and column of the pairs that each of these rules excludes."""
    return {
        "same_person": _find_key(mentees, mentors, lambda person: {person.person_key}),
        "forbidden": _find_forbidden(mentees, mentors, settings),
        "not_with": _find_refused(mentees, mentors) + _turn(_find_refused(mentors, mentees)),
        "paired_before": _find_key_both_ways(mentees, mentors, lambda person: person.past_partner_keys),
        "reporting_line": _find_key_both_ways(mentees, mentors, lambda person: person.line_manager_keys),
    }


def _find_forbidden(mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings) -> Places:
    rows = {mentee.id: row for row, mentee in enumerate(mentees)}
    columns = {mentor.id: column for column, mentor in enumerate(mentors)}
    return [
        (rows[mentee_id], columns[mentor_id])
        for mentee_id, mentor_id in settings.forbidden
        if mentee_id in rows and mentor_id in columns
    ]


def _find_refused(one: Sequence[Person], other: Sequence[Person]) -> Places:
    people = _find(one, other, lambda person: person.not_with_people, _answer_to_names)
    return people + _find(one, other, lambda person: person.not_with_employers, lambda person: {person.employer or ""})


def _answer_to_names(person: Person) -> Iterable[str]:
    return {person.person_key, person.name_key}


def _find_key_both_ways(mentees: Sequence[Mentee], mentors: Sequence[Mentor], named: Named) -> Places:
    return _find_key(mentees, mentors, named) + _turn(_find_key(mentors, mentees, named))


def _find_key(one: Sequence[Person], other: Sequence[Person], named: Named) -> Places:
    return _find(one, other, named, lambda person: {person.person_key})


def _find(one: Sequence[Person], other: Sequence[Person], named: Named, answers_to: Named) -> Places:
    """Positions (in `one`, in `other`) where the one names something that the other answers to."""
    where: dict[str, list[int]] = defaultdict(list)
    for position, person in enumerate(other):
        for name in answers_to(person):
            where[name].append(position)
    where.pop("", None)
    return [
        (position, found)
        for position, person in enumerate(one)
        for name in named(person)
        for found in where.get(name, ())
    ]


def _turn(pairs: Places) -> Places:
    return [(row, column) for column, row in pairs]
