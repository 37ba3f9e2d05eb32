"""Weights and rules that a cohort begins with; the engine's own defaults, worded for coordinators."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Criterion: weight, name, what it compares.
CRITERIA: dict[str, tuple[int, Any, Any]] = {
    "goals": (30, _("Goals"), _("What she wants to work on and what the mentor can help with.")),
    "seniority_gap": (14, _("Experience"), _("Five to fifteen years more than the mentee is best.")),
    "function": (12, _("Function"), _("The same field, or one close to it.")),
    "time_zone": (12, _("Time zone"), _("Fewer hours apart.")),
    "language": (10, _("Language"), _("The language each of them prefers.")),
    "region": (6, _("Region"), _("The same country or part of the world.")),
    "gender_preference": (6, _("Preferred gender"), _("Whether a wish for a woman or a man is met.")),
    "availability": (6, _("Availability"), _("Hours of the week that suit both.")),
    "interests": (4, _("Interests"), _("What they both like.")),
}

# Rules that a cohort may switch off: on at the start, name, meaning.
RULES: dict[str, tuple[bool, Any, Any]] = {
    "language": (True, _("A language in common"), _("Both can talk in at least one language.")),
    "employer": (True, _("Different employers"), _("Nobody is mentored by somebody of her own company.")),
    "seniority_gap": (True, _("More experience"), _("The mentor is ahead by the months set here.")),
    "overlap": (False, _("Hours in common"), _("At least two hours of the week suit both.")),
}

# How answers to a programme's own question are compared, under the key "own:" and its code.
OWN_PREFIX = "own:"
OWN_KINDS: dict[str, Any] = {
    "same": _("The same answer"),
    "share": _("How much of what the mentee chose the mentor chose too"),
    "overlap": _("Anything in common"),
}

FAIRNESS: dict[str, Any] = {
    "none": _("The most points in all"),
    "bottleneck": _("First, the weakest pair as strong as possible"),
    "bands": _("First, as few weak pairs as possible"),
}

MIN_GAP_MONTHS = 24
TOP_CRITERION_EXTRA = 10


def matching_defaults() -> dict[str, Any]:
    """The shape of Cohort.matching_settings."""
    return {
        "weights": {code: weight for code, (weight, _name, _meaning) in CRITERIA.items()},
        "hard": [code for code, (on, _name, _meaning) in RULES.items() if on],
        "min_gap_months": MIN_GAP_MONTHS,
        "fairness": "bottleneck",
        "own_criteria": {},
        "top_criterion_extra": TOP_CRITERION_EXTRA,
    }
