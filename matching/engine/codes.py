"""Every code that leaves the engine, with the keys of its values, so that the site can word each of them.

A part or reason code maps to its value keys. Values are str, int, bool or lists of these.
`missing` lists the sides ('mentee', 'mentor') that did not answer; a code ending in `.unknown` scored a neutral 50.
"""

from collections.abc import Mapping
from typing import Final

ALWAYS_ON: Final = (
    "same_person",
    "forbidden",
    "not_with",
    "paired_before",
    "reporting_line",
    "gender_strict",
    "minor",
)
SWITCHABLE: Final = ("language", "employer", "seniority_gap", "overlap")
# In order of precedence; index 0 means that no rule excludes the pair.
RULES: Final = ("", *ALWAYS_ON, *SWITCHABLE)

PART_CODES: Final[Mapping[str, tuple[str, ...]]] = {
    # shared: the wants that are offered; wanted: how many were wanted; offered: how many of those are offered
    "goals.share": ("shared", "wanted", "offered"),
    "goals.none": ("wanted",),
    "goals.unknown": ("missing",),
    # gap_months: mentor's experience minus mentee's; may be negative in seniority.short
    "seniority.ideal": ("gap_months", "ideal_from", "ideal_to"),
    "seniority.short": ("gap_months", "ideal_from", "ideal_to"),
    "seniority.long": ("gap_months", "ideal_from", "ideal_to"),
    "seniority.unknown": ("missing",),
    "function.same": ("function",),
    "function.area": ("area", "mentee", "mentor"),
    "function.different": ("mentee", "mentor"),
    "function.unknown": ("missing",),
    "time_zone.near": ("difference_min",),
    "time_zone.apart": ("difference_min",),
    "time_zone.unknown": ("missing",),
    "language.preferred": ("language", "shared"),
    # side: 'mentee', 'mentor', or 'both' (each prefers another of the shared languages; language is the mentee's)
    "language.preferred_one": ("language", "side", "shared"),
    "language.shared": ("shared",),
    "language.none": ("mentee", "mentor"),
    "language.unknown": ("missing",),
    "region.country": ("country",),
    "region.region": ("region", "mentee", "mentor"),
    "region.different": ("mentee", "mentor"),
    "region.unknown": ("missing",),
    # a side without a preference gives '' as what it wants
    "gender_preference.none": (),
    "gender_preference.met": ("mentee_wants", "mentor_wants"),
    "gender_preference.mentee_unmet": ("mentee_wants", "mentor_gender"),
    "gender_preference.mentor_unmet": ("mentor_wants", "mentee_gender"),
    "gender_preference.unknown": ("missing", "mentee_wants", "mentor_wants"),
    "availability.shared": ("slots", "minutes"),
    # minutes: of an average week over the rosters; named: minutes a week if their hours held every week;
    # rosters: the sides that have one
    "availability.rosters": ("minutes", "named", "rosters"),
    # assumed: the sides whose first day on site is not known, so that only their share of free days counts
    "availability.rosters_assumed": ("minutes", "named", "rosters", "assumed"),
    "availability.none": (),
    "availability.unknown": ("missing",),
    "interests.shared": ("shared",),
    "interests.none": (),
    "interests.unknown": ("missing",),
    # place: 1 for the first wish
    "mentee_ranking.wish": ("place", "wishes"),
    "mentee_ranking.other": ("wishes",),
    "mentee_ranking.unknown": ("missing",),
    "mentor_ranking.wish": ("place", "wishes"),
    "mentor_ranking.other": ("wishes",),
    "mentor_ranking.unknown": ("missing",),
    # question: its key among the settings' own criteria; answers are codes of its choices
    "own.same": ("question", "answer"),
    "own.different": ("question", "mentee", "mentor"),
    "own.share": ("question", "shared", "wanted", "offered"),
    # fewer: how many choices the one of the two made who made fewer
    "own.overlap": ("question", "shared", "fewer"),
    "own.none": ("question",),
    "own.unknown": ("missing", "question"),
}

REASON_CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "no_mentors": (),
    # rules: [[rule, mentors excluded by it first], ...] in order of precedence, adding up to mentors;
    # openings: [[[switchable rule, ...], mentors], ...]: the smallest sets of rules without which mentors would open
    "no_admissible_mentor": ("mentors", "rules", "openings"),
    # group: mentees (herself among them) who can go only to the `mentors` mentors, who have `places` places left
    # beside locked pairs; group > places, so somebody of the group stays out in every pairing. Unless the group holds
    # more than half of all, nobody can be taken from it without the others fitting in.
    # overall: those are all places of the cohort. people: ids of the group, or [] where it is large.
    # common: what all of the group state alike, of languages, function, country, preferred_language.
    # admissible: mentors she could have; best_points: the best of them; rules: as above, of the other mentors.
    "places_short": (
        *("admissible", "best_points", "rules", "overall"),
        *("group", "places", "mentors", "people", "common"),
    ),
}

# A lock that breaks a rule that is always on gives 'lock_breaks.' and the rule; a switchable one it may break.
PROBLEM_CODES: Final = (
    "missing",
    "wrong_type",
    "unknown_field",
    "duplicate_id",
    "out_of_range",
    "unknown_choice",
    "too_many_people",
    "weights_unknown",
    "weights_missing",
    "weights_negative",
    "weights_sum",
    "ranked_twice",
    "unknown_rule",
    "lock_unknown_mentee",
    "lock_unknown_mentor",
    "lock_twice",
    "lock_over_capacity",
    "lock_forbidden",
    *(f"lock_breaks.{rule}" for rule in ALWAYS_ON if rule != "forbidden"),
)

STAGES: Final = ("compare", "solve", "check")
