"""mentor-match 7.0.1 end to end, for bench_engine. Runs in an environment of its own: it too is called `matching`.

Its rules give points for yes or no. Nine stand for the engine's criteria, three for its rules.
"""

import json
import sys
import time
from pathlib import Path

from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules import rule

SETS = "languages", "goals", "interests", "availability"


def main(path: str) -> None:
    people = json.loads(Path(path).read_text(encoding="utf-8"))
    wanting = [make_person(Mentee, row) for row in people["mentees"]]
    offering = [make_person(Mentor, row) for row in people["mentors"]]
    started = time.process_time()
    process_data(offering, wanting, [list_rules()])
    spent = time.process_time() - started
    sys.stdout.write(json.dumps({"seconds": spent, "pairs": sum(len(mentee.mentors) for mentee in wanting)}))


def make_person(kind: type, row: dict) -> object:  # type: ignore[type-arg]
    months = row["experience_months"]
    person = kind(email=row["person_key"], organisation=row["employer"], profession=row["function"], grade=months)
    for name in ("country", "utc_offset_min", "gender", "preferred_gender", "preferred_language"):
        setattr(person, name, row[name])
    for name in SETS:
        setattr(person, name, frozenset(row[name]))
    return person


def list_rules() -> list[rule.Rule]:
    scored = [
        (30, lambda match: len(match.mentee.goals & match.mentor.goals) * 2 >= len(match.mentee.goals)),
        (14, lambda match: 60 <= match.mentor.grade - match.mentee.grade <= 180),
        (12, lambda match: match.mentee.profession == match.mentor.profession),
        (12, lambda match: abs(match.mentee.utc_offset_min - match.mentor.utc_offset_min) <= 120),
        (10, lambda match: match.mentee.preferred_language in match.mentor.languages),
        (6, lambda match: match.mentee.country == match.mentor.country),
        (6, lambda match: match.mentee.preferred_gender in (None, match.mentor.gender)),
        (6, lambda match: len(match.mentee.availability & match.mentor.availability) >= 4),
        (4, lambda match: bool(match.mentee.interests & match.mentor.interests)),
    ]
    return [
        *(rule.Generic({True: weight, False: 0}, asked) for weight, asked in scored),
        rule.Disqualify(lambda match: match.mentor.grade - match.mentee.grade < 24),
        rule.Disqualify(lambda match: match.mentor.organisation == match.mentee.organisation),
        rule.Disqualify(lambda match: not match.mentee.languages & match.mentor.languages),
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
