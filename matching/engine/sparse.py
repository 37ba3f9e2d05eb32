"""The rules that few pairs break, found by lookup instead of by comparing everybody; twins of those in rules.py."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from .model import Mentee, Mentor, Person, Settings

Named = Callable[[Person], Collection[str]]
Places = list[tuple[int, int]]


def find_sparse_pairs(mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings) -> dict[str, Places]:
    """Row and column of the pairs that each of these rules excludes."""
    return {
        "same_person": _find_key(mentees, mentors, lambda person: (person.person_key,)),
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
    return people + _find(one, other, lambda person: person.not_with_employers, lambda person: (person.employer or "",))


def _answer_to_names(person: Person) -> Collection[str]:
    return {person.person_key, person.name_key}


def _find_key_both_ways(mentees: Sequence[Mentee], mentors: Sequence[Mentor], named: Named) -> Places:
    return _find_key(mentees, mentors, named) + _turn(_find_key(mentors, mentees, named))


def _find_key(one: Sequence[Person], other: Sequence[Person], named: Named) -> Places:
    return _find(one, other, named, lambda person: (person.person_key,))


def _find(one: Sequence[Person], other: Sequence[Person], named: Named, answers_to: Named) -> Places:
    """Positions (in `one`, in `other`) where the one names something that the other answers to."""
    naming = [(position, names) for position, person in enumerate(one) if (names := named(person))]
    wanted = {name for _position, names in naming for name in names} - {""}
    if not wanted:
        return []
    where: dict[str, list[int]] = defaultdict(list)
    for position, person in enumerate(other):
        for name in answers_to(person):
            if name in wanted:
                where[name].append(position)
    return [(position, found) for position, names in naming for name in names for found in where.get(name, ())]


def _turn(pairs: Places) -> Places:
    return [(row, column) for column, row in pairs]
