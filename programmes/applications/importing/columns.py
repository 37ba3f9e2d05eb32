"""Which column holds what: remembered, or guessed by its words and by what stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from programmes.applications.importing.doubts import shorten
from programmes.applications.importing.evidence import REASONS, Evidence
from programmes.applications.importing.fields import FIELDS, GATHERED_FIELDS, LIST_FIELDS
from programmes.applications.importing.sources import is_tick_column, split_heading
from programmes.applications.importing.vocabulary import asks_for_other, is_system_heading, score_heading
from wimmentor.base.codes.codelist import match_key
from wimmentor.base.codes.places import match_language
from wimmentor.base.phrases import Phrase
from wimmentor.base.phrases import phrase as _
from wimmentor.base.spreadsheets import Table

_EXAMPLES = 3
# Words of a heading that the cells below it contradict are taken for chance.
_NEEDED = {
    "email": 0.3,
    "line_manager_email": 0.3,
    "country": 0.3,
    "languages": 0.3,
    "gender": 0.5,
    "preferred_mentor_gender": 0.5,
    "gender_preference_strict": 0.5,
    "capacity": 0.3,
    "years_experience": 0.3,
    "role": 0.3,
    "consent": 0.5,
    "submitted_at": 0.5,
    "time_zone": 0.01,
}
# Cells that can hardly be anything else, whatever the heading says.
_TELLING = {
    "email": 0.8,
    "role": 0.8,
    "country": 0.8,
    "languages": 0.8,
    "preferred_mentor_gender": 0.9,
    "goals": 0.6,
    "function": 0.8,
    "name": 0.9,
}
_SAID_TOGETHER = frozenset(("preferred_mentor_gender", "gender_preference_strict", "line_manager_email"))
_ONLY_FOR = {"capacity": "mentor", "preferred_mentor_gender": "mentee", "gender_preference_strict": "mentee"}


@dataclass(frozen=True)
class ColumnGuess:
    """`field` None: left out. `is_sure` False: to be shown first and asked about."""

    index: int
    heading: str
    field: str | None
    is_sure: bool
    reason: Phrase
    examples: tuple[str, ...]
    is_hidden: bool
    is_tool: bool = False  # a column that the form tool filled, not a person


@dataclass(frozen=True)
class _Candidate:
    field: str
    weight: float
    is_sure: bool
    reason: Phrase


def name_columns(table: Table) -> list[str]:
    """Headings as written; what stands twice is told apart by " (2)"."""
    names: list[str] = []
    for heading in table.headings:
        name, number = heading, 1
        while heading and name in names:
            number += 1
            name = f"{heading} ({number})"
        names.append(name)
    return names


def guess_columns(table: Table, *, role: str, remembered: Mapping[str, str | None] | None = None) -> list[ColumnGuess]:
    headings = name_columns(table)
    cells = [[row.cells[index] for row in table.rows] for index in range(len(headings))]
    guesses: list[ColumnGuess] = []
    candidates: dict[int, list[_Candidate]] = {}
    for index, heading in enumerate(headings):
        is_hidden = index in table.hidden
        guess = ColumnGuess(
            index, heading, None, True, _("The heading is not known."), _examples(cells[index]), is_hidden
        )
        if remembered and heading in remembered:
            guess = replace(guess, field=remembered[heading], reason=_("Remembered from last time."))
        elif is_hidden:
            guess = replace(guess, reason=_("The column is hidden."))
        elif (key := match_key(heading).replace(" ", "_")) in FIELDS and not heading.startswith("_"):
            candidates[index] = [_named_by_field(key, Evidence.of(cells[index]))]
        elif _is_left_to_tool(heading):
            guess = replace(guess, is_tool=True, reason=_("The form tool wrote it, not the applicant."))
        else:
            candidates[index] = _find_candidates(table.headings[index], cells[index], role)
        guesses.append(guess)
    return _settle(guesses, candidates, cells)


def guess_role(table: Table) -> str | None:
    """ "mentee", "mentor", "column" (the file says who is what), or None."""
    fields = {guess.field for guess in guess_columns(table, role="column")}
    if "role" in fields:
        return "column"
    if "capacity" in fields:
        return None if "preferred_mentor_gender" in fields else "mentor"
    return "mentee" if "preferred_mentor_gender" in fields else None


def _named_by_field(name: str, evidence: Evidence) -> _Candidate:
    """Survey tools fill a column "Email" with "anonymous" where they were told not to ask."""
    is_hollow = name == "email" and bool(evidence.cells) and not evidence.share(name)
    return _Candidate(name, 0 if is_hollow else 1000, not is_hollow, _("The heading says so."))


def _is_left_to_tool(heading: str) -> bool:
    question = split_heading(heading)[0]
    return is_system_heading(heading) or (heading != question and question.startswith("_"))


def _find_candidates(heading: str, cells: list[str], role: str) -> list[_Candidate]:
    evidence = Evidence.of(cells)
    found = _by_words(heading, evidence, role, cells)
    for name, needed in _TELLING.items():
        share = evidence.share(name)
        if share < needed or name in {each.field for each in found} or evidence.is_prose:
            continue
        if name == "name" and (found or evidence.distinct < 0.9 * len(evidence.cells)):
            continue
        if len(evidence.cells) >= 2:
            found.append(_Candidate(name, 4 + share, False, REASONS[name]))
    return sorted(found, key=lambda each: -each.weight)


def _by_words(heading: str, evidence: Evidence, role: str, cells: list[str]) -> list[_Candidate]:
    is_part = bool(split_heading(heading)[1]) or asks_for_other(heading)
    weighed = (
        _weigh(name, score, evidence, role, is_part=is_part) for name, score in _score_words(heading, cells).items()
    )
    found = [candidate for candidate in weighed if candidate]
    if not found and not is_part and is_tick_column(heading, cells) and match_language(heading):
        found.append(_Candidate("languages", 5, False, _("The heading is a language, and the cells are ticks.")))
    return found


def _score_words(heading: str, cells: list[str]) -> dict[str, int]:
    """The last part of a heading is what is asked ("profil/pays"), or a choice of it ("objectifs/leadership")."""
    question, choice = split_heading(heading)
    whole = score_heading(heading)
    if not choice:
        if not asks_for_other(heading):
            return whole
        return {name: score for name, score in whole.items() if name in GATHERED_FIELDS - {"notes"}}
    asked = score_heading(split_heading(question)[1] or question)
    if is_tick_column(heading, cells) or asks_for_other(heading) or (not any(cells) and "/" in heading):
        gathered = {name: score for name, score in asked.items() if name in GATHERED_FIELDS}
        if gathered:
            return gathered
    scores = {name: score + 1 for name, score in score_heading(choice).items()} or asked
    # These are said by both parts together: "preferences/genre_mentor", "Supervisor - Email".
    return scores | {name: whole[name] for name in _SAID_TOGETHER & whole.keys()}


def _weigh(name: str, score: int, evidence: Evidence, role: str, *, is_part: bool) -> _Candidate | None:
    if _ONLY_FOR.get(name, role) not in (role, "column") and role != "column":
        return None
    share = evidence.share(name)
    if evidence.cells and not (is_part and name in LIST_FIELDS):
        if share < _NEEDED.get(name, 0):
            return None
        if evidence.is_prose and name in ("function", "employer", "job_title", "name", "first_name", "last_name"):
            return None
        if name in ("goals", "interests", "function", "name", "employer", "job_title") and evidence.is_numeric:
            return None
        if name in ("name", "first_name", "last_name", "employer") and evidence.share("email") > 0.5:
            return None
    reason = _("The heading says so.")
    if evidence.cells and share >= 0.8 and name in REASONS:
        reason = _("The heading says so, and the cells fit.")
    return _Candidate(name, score + 10 * share, True, reason)


def _settle(
    guesses: list[ColumnGuess], candidates: dict[int, list[_Candidate]], cells: list[list[str]]
) -> list[ColumnGuess]:
    """One column for each field, the one that fits best; several where a field gathers them."""
    best: dict[str, tuple[float, int]] = {}
    taken = {guess.field for guess in guesses if guess.field}
    chosen = {index: each[0] for index, each in candidates.items() if each}
    for index, candidate in chosen.items():
        weight = candidate.weight + (0.5 if any(cells[index]) else 0)
        if candidate.field not in best or weight > best[candidate.field][0]:
            best[candidate.field] = (weight, index)
    settled = list(guesses)
    has_name = bool({"first_name", "last_name"} & (taken | best.keys()))
    for index, candidate in chosen.items():
        name = candidate.field
        first = best[name][1]
        gathers = name in GATHERED_FIELDS and (name != "function" or asks_for_other(guesses[index].heading))
        if (name in taken and not gathers) or (name == "name" and not candidate.is_sure and has_name):
            continue
        if index == first or (gathers and candidate.is_sure):
            settled[index] = replace(settled[index], field=name, is_sure=candidate.is_sure, reason=candidate.reason)
        elif candidate.is_sure or name == "email" or not candidate.weight:
            reason = _("“%(heading)s” fits better.") % {"heading": shorten(guesses[first].heading)}
            is_hollow = candidate.weight <= 0
            settled[index] = replace(settled[index], is_sure=is_hollow, is_tool=is_hollow, reason=reason)
    return _settle_names(settled)


def _settle_names(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """ "Nom" beside "Prénom", and "Nombre" beside "Apellidos", are half a name."""
    by_field = {guess.field: guess for guess in guesses if guess.field}
    whole, first, last = by_field.get("name"), by_field.get("first_name"), by_field.get("last_name")
    if whole is None or match_key(whole.heading) == "name" or (first is not None and last is not None):
        return guesses
    other = "last_name" if first is not None else "first_name" if last is not None else None
    if other is None or not _is_short_name(whole.heading):
        return guesses
    return [replace(guess, field=other) if guess is whole else guess for guess in guesses]


def _is_short_name(heading: str) -> bool:
    question, choice = split_heading(heading)
    words = match_key(choice or question)
    return words in ("nom", "nombre", "nome", "nama", "votre nom", "tu nombre", "seu nome")


def _examples(cells: list[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in cells:
        if text:
            found.setdefault(shorten(text))
        if len(found) == _EXAMPLES:
            break
    return tuple(found)
