"""Several people write one record. Each answer is taken by itself: only where two changed the same one is there
anything to decide, and then both versions are kept for her who was later."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from inventory.initiatives.questionnaire import QUESTIONS

LONGEST_SEEN = 20_000
Answer = Mapping[str, Any]
EMPTY: Answer = {}


def digest_answer(code: str, answer: Answer | None) -> str:
    """A short sign of an answer: what a form showed, so that a change can be told from what was there before. Boxes
    come back in the order of their list, which changes nothing."""
    question, told = QUESTIONS.get(code), dict(answer or EMPTY)
    if question is not None and question.kind == "many" and "value" in told:
        told["value"] = sorted(told["value"])
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_digests(text: str) -> dict[str, str]:
    """By question, as a form carries them hidden. Whoever forges them has none."""
    try:
        found = json.loads(text if len(text) <= LONGEST_SEEN else "")
    except (ValueError, RecursionError):
        return {}
    return {str(code): str(sign) for code, sign in found.items()} if isinstance(found, dict) else {}


def name_as_answers(label: str, year: int | None) -> dict[str, Answer]:
    """Label and year of an edition, which two may write at once like its answers."""
    return {"label": {"value": label}, "year": {"value": year}}


@dataclass
class Merge:
    """`conflicting`: question -> what somebody else wrote there meanwhile; her own is not written."""

    answers: dict[str, Any]
    changed: list[str] = field(default_factory=list)
    conflicting: dict[str, Answer] = field(default_factory=dict)


def merge_answers(stored: Mapping[str, Answer], given: Mapping[str, Answer | None], seen: Mapping[str, str]) -> Merge:
    """`seen`: digest per question as her form showed it; a question that is not in it is overwritten."""
    merge = Merge(dict(stored))
    for code, answer in given.items():
        here, hers = digest_answer(code, stored.get(code)), digest_answer(code, answer)
        base = seen.get(code, here)
        if hers in (here, base):
            continue
        if here != base:
            merge.conflicting[code] = stored.get(code) or EMPTY
            continue
        merge.changed.append(code)
        if answer:
            merge.answers[code] = dict(answer)
        else:
            merge.answers.pop(code, None)
    return merge
