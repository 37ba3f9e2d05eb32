"""Several people write one record. Each answer is taken by itself: only where two changed the same one is there
anything to decide, and then both versions are kept for her who was later."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Answer = Mapping[str, Any]
EMPTY: Answer = {}


def digest_answer(answer: Answer | None) -> str:
    """A short sign of an answer: what a form showed, so that a change can be told from what was there before."""
    text = json.dumps(answer or EMPTY, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


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
        here, hers = digest_answer(stored.get(code)), digest_answer(answer)
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
