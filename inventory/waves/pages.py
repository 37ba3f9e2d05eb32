"""What pages of a wave show."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.initiatives import pages as entries
from inventory.initiatives.models import Edition, EvidenceFile, Record
from inventory.initiatives.progress import level_of, progress_of
from inventory.initiatives.questionnaire import Question, questions_of
from inventory.initiatives.wording import Told, read_answers
from inventory.waves.changes import Standing
from inventory.waves.models import ResponseEntry, Wave, WaveResponse
from inventory.waves.queries import count_states, held_by, next_letter_from
from wimmentor.base import clock

State, Change = WaveResponse.State, ResponseEntry.Change
# In the order of the bar, with the colour of each part.
STATES = (
    ("published", "f7"),
    ("accepted", "f2"),
    ("in_review", "f1"),
    ("returned", "f6"),
    ("submitted", "f3"),
    ("draft", "f4"),
    ("not_begun", "f5"),
)


def answering_page(
    response: WaveResponse, standings: Sequence[Standing], missing: Sequence[Question]
) -> dict[str, Any]:
    wave, now = response.wave, clock.now()
    held = held_by(response)
    takes = response.takes_answers(now) and held is None
    rows = [
        {
            "standing": standing,
            "title": entries.title_of(standing.record),
            "told": [one for one in entries.short_answers(standing.record) if one.is_given],
            "status": entries.status_word(standing.record),
            "inquiries": list(entries.inquiries_of(standing.record)),
        }
        for standing in standings
    ]
    waiting = [one for one in standings if not one.is_settled]
    return {
        "organisation": response.organisation,
        "response": response,
        "wave": wave,
        "rows": rows,
        "missing": missing,
        "takes": takes,
        "held": held,
        "sheet_inquiries": list(entries.inquiries_of(response.sheet)) if response.sheet else [],
        "waiting": len(waiting),
        "can_confirm": [one for one in standings if one.can_be_unchanged],
        "ready": takes and not missing and not waiting,
        "ready_unchanged": takes and not missing and bool(waiting) and all(one.can_be_unchanged for one in waiting),
        "is_over": response.state == State.DRAFT and has_closed(wave) and held is None,
        "is_early": response.state == State.DRAFT and not takes and not has_closed(wave) and held is None,
    }


def state_key(responses: Sequence[WaveResponse]) -> list[tuple[str, str, int]]:
    """Colour, word and number of each state, in the order of the bar."""
    counts = count_states(responses)
    labels = {**dict(State.choices), "not_begun": _("not begun")}
    return [(fill, capfirst(str(labels[state])), counts.get(state, 0)) for state, fill in STATES]


def reading_rows(responses: Sequence[WaveResponse]) -> list[dict[str, Any]]:
    """Contradictions first, then who waits longest."""
    rows = [
        {
            "response": response,
            "holds": _holds(response),
            "contradictions": sum(len(entries.contradictions_of(entry.record)) for entry in response.entries.all()),
            "look_at": _look_at(response),
            "waiting": response.state in (State.SUBMITTED, State.IN_REVIEW),
        }
        for response in responses
    ]
    return sorted(rows, key=lambda row: (not row["waiting"], not row["contradictions"]))


def _holds(response: WaveResponse) -> str:
    number = len(response.entries.all())
    if number:
        return ngettext("%(number)s initiative", "%(number)s initiatives", number) % {"number": number}
    return _("none so far")


def _look_at(response: WaveResponse) -> str:
    changes = [entry.change for entry in response.entries.all()]
    if not changes:
        said = (response.sheet.answers.get("A10") or {}).get("value") if response.sheet else None
        return _("valid answer: “only an idea”") if said == "planned" else _("valid answer: “we have none”")
    if all(change == Change.UNCHANGED for change in changes):
        return _("nothing changed")
    new = changes.count(Change.NEW)
    changed = changes.count(Change.CHANGED)
    parts = [
        ngettext("%(number)s new", "%(number)s new", new) % {"number": new} if new else "",
        ngettext("%(number)s changed", "%(number)s changed", changed) % {"number": changed} if changed else "",
    ]
    return ", ".join(part for part in parts if part)


def silent_rows(responses: Sequence[Any], now: datetime) -> list[dict[str, Any]]:
    """Who has not answered: whom to ask, what was written, and what would help."""
    rows = []
    for response in responses:
        due = next_letter_from(response)
        spent = response.letter_count >= response.wave.most_letters
        rows.append(
            {
                "response": response,
                "last": response.last_letter,
                "due": None if spent else due if due and due > now else now,
                "spent": spent,
                "can_write": bool(response.contact_email) and not spent and (due is None or due <= now),
                "help": _what_helps(response, spent=spent),
            }
        )
    return rows


def _what_helps(response: Any, *, spent: bool) -> str:
    if not response.contact_email:
        return _("Find an address")
    if response.started_at is not None:
        return _("They have begun: offer a call")
    if spent:
        return _("Call or WhatsApp")
    return _("Offer the short form") if response.letter_count > 1 else _("Give the first letter some days")


def review_parts(records: Sequence[Record]) -> list[dict[str, Any]]:
    """Each record with what is new in it, what contradicts, and the rest folded away."""
    parts = []
    prefetch_related_objects(records, "initiative__evidence_files")
    for record in records:
        changes = entries.changes_since(record)
        told = [one for chapter in entries.chapters_of(record, reader="iwim") for one in chapter.told]
        given = [one for one in told if one.is_given or one.words or one.comment]
        is_new = record.carried_from_id is None
        shown = given if is_new else [one for one in told if one.question.code in changes or one.comment]
        editions, removed = edition_parts(record), removed_editions(record)
        parts.append(
            {
                "record": record,
                "title": entries.title_of(record) if record.initiative else _("The organisation's sheet"),
                "changes": changes,
                "shown": shown,
                "unchanged": [] if is_new else [one for one in given if one.question.code not in changes],
                "same": not shown and not removed and not any(row["is_changed"] for row in editions),
                "contradictions": entries.contradictions_of(record),
                "inquiries": list(record.inquiries.all()),
                "editions": editions,
                "removed": removed,
                "files": _files_of(record),
                "progress": progress_of(questions_of(level_of(record)), record.answers),
            }
        )
    return parts


def _files_of(record: Record) -> list[EvidenceFile]:
    """Of what was sent; those of a draft are the organisation's own."""
    if record.initiative is None or record.review == Record.Review.DRAFT:
        return []
    return list(record.initiative.evidence_files.all())


def edition_parts(record: Record) -> list[dict[str, Any]]:
    """Each edition with what is told otherwise than last time."""
    before: dict[int | None, Edition] = {edition.pk: edition for edition in _editions_before(record)}
    return [_edition_part(edition, before.get(edition.carried_from_id), record) for edition in record.editions.all()]


def _edition_part(edition: Edition, before: Edition | None, record: Record) -> dict[str, Any]:
    now = _read_edition(edition, record)
    earlier = _read_edition(before, record) if before else []
    changes = entries.told_otherwise(earlier, now)
    as_before = before is not None and _tells(before) == _tells(edition)
    return {
        "edition": edition,
        "figures": entries.figures_of(edition, reader="iwim"),
        "told": [
            (one, changes.get(one.question.code))
            for one in now
            if one.is_given or one.words or one.comment or one.question.code in changes
        ],
        "is_new": before is None,
        "is_changed": not as_before,
        "called": before.label if before and before.label != edition.label else "",
    }


def _tells(edition: Edition) -> tuple[Any, ...]:
    return edition.label, edition.year, edition.answers


def _read_edition(edition: Edition, record: Record) -> list[Told]:
    return read_answers(edition.answers, level="edition", reader="iwim", about=record.answers)


def removed_editions(record: Record) -> list[str]:
    kept = {edition.carried_from_id for edition in record.editions.all()}
    return [edition.label for edition in _editions_before(record) if edition.pk not in kept]


def _editions_before(record: Record) -> list[Edition]:
    return list(record.carried_from.editions.all()) if record.carried_from else []


def wave_link(response: WaveResponse) -> str:
    return reverse("wave-answer", args=[response.organisation.slug, response.wave.code])


def has_closed(wave: Wave) -> bool:
    return wave.state_at(clock.now()) in (Wave.State.CLOSED, Wave.State.PUBLISHED)
