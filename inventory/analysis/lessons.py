"""What organisations name as reasons of success and as challenges, ranked. An organisation counts once, however many
of its initiatives name it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from inventory.analysis.exchanges import Lines
from inventory.analysis.field import PENDING, STATES, Field, codes_in, field_of, several_lines
from inventory.analysis.levels import Survey
from inventory.analysis.tables import Count, Tally, read_all, tally
from inventory.initiatives.questionnaire import QUESTIONS
from inventory.initiatives.rows import OrganisationRow

SUCCESS, CHALLENGES = "J1", "J2"


@dataclass(frozen=True)
class Lesson:
    code: str
    label: str
    named: Count
    first: Count


@dataclass(frozen=True)
class Lessons:
    """`organisations`: those with initiatives; `told`: how many of them answered."""

    organisations: int
    told: Count
    ranked: list[Lesson]
    tally: Tally


def rank_lessons(survey: Survey, code: str) -> Lessons:
    """By how many name it; then by how many name it first."""
    by = field_of(QUESTIONS[code])
    answers: dict[int, list[Lines]] = defaultdict(list)
    for row, lines in zip(survey.initiatives, read_all(survey.initiatives, by), strict=True):
        answers[row.organisation.id].append(lines)
    organisations = list({row.organisation.id: row.organisation for row in survey.initiatives}.values())
    # Where a code is hidden among initiatives, the number of their organisations would give it away.
    hidden = tally(survey.initiatives, by, survey.level).sums.hidden
    named = _tally(organisations, by, survey, _read(answers), hidden)
    first = _tally(organisations, by, survey, _read(answers, most=1), hidden | named.sums.hidden)
    lessons = [
        Lesson(line, by.label_of(line), named.counts[line], first.counts[line])
        for line in named.codes
        if named.counts[line].number != 0
    ]
    ranked = sorted(lessons, key=lambda one: (-one.named.known, -one.first.known, by.codes.index(one.code)))
    return Lessons(len(organisations), named.told, ranked, named)


def _tally(
    organisations: list[OrganisationRow],
    by: Field,
    survey: Survey,
    read: Callable[[OrganisationRow], Lines],
    hidden: Iterable[str],
) -> Tally:
    found = tally(organisations, replace(by, read=read), survey.level)
    counts = {line: Count(None, count.least) if line in hidden else count for line, count in found.counts.items()}
    return replace(found, counts=counts)


def _read(answers: Mapping[int, list[Lines]], most: int | None = None) -> Callable[[OrganisationRow], Lines]:
    """Of its initiatives together; `most`: of each only the first ones."""

    def read(organisation: OrganisationRow) -> Lines:
        found = answers[organisation.id]
        return several_lines([code for lines in found for code in codes_in(lines)[:most]], _best_state(found))

    return read


def _best_state(answers: Iterable[Lines]) -> Lines:
    """Why an organisation says nothing: what it told of one of its initiatives goes before "not answered yet"."""
    found = [answer for answer in answers if answer[0] in STATES]
    return min(found, key=lambda answer: STATES.index(answer[0]), default=PENDING)
