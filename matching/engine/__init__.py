"""Provably best pairs of mentees and mentors under rules and weights. No Django, no clock, no randomness, no threads.

Method. Every mentee is compared with every mentor (`score`). A pair is excluded by the first rule it breaks (`rules`)
or gets 0..10000 points: nine criteria, and where the settings weigh them rankings and a programme's own questions, each
graded 0..100 (`criteria`), times weights that sum to 100; what counts most for a mentee weighs more for her
(`weights`). Hours that hold on some days of a roster count as those of an average week (`rosters`). Missing data is a
neutral 50 and said so. Mentees who are alike in what some criteria and rules look at are compared once (`facets`,
`grids`), so that most of the matrix is a sum of few rows; it and the scalar `score_pair` agree bit for bit. Why a pair
is excluded is compared anew for those who ask.

`solve` then finds, among all assignments within the mentors' capacities that hold every lock, the one with most pairs;
of those the most points; of those the one in which earlier ids have earlier mentors. It is a min-cost flow over all
admissible pairs with an integer bonus per pair greater than every possible sum of points (a smaller bonus loses pairs
in long alternating chains). The flow solver gives no dual prices, so `duals` recovers integer ones by the fixpoint
v[j] = max over i of (worth[i, j] - u[i]), u[i] = worth of i's pair - v of its mentor. They are the certificate:
u, v >= 0, u[i] + v[j] >= worth[i, j] for every admissible pair, sum(u) + sum(places * v) == worth of the chosen pairs.
By weak duality nothing can be worth more; integers, so the check is == without a tolerance. The tie-break is solved
on the tight pairs alone (complementary slackness). A second certificate with prices 0 and 1, a cover of all
admissible pairs, proves the count by itself.

`verify` checks all of it from the people alone and imports neither `solve` nor `duals`. `explain` says why somebody
is unmatched: rules that exclude every mentor, or a group of mentees who can go only to mentors with fewer places.
Everything leaves as codes with values (`codes`); the site words them.

Sources: König (1931) covers; Hall (1935) groups; Kuhn (1955) and Munkres (1957) assignment by prices; Edmonds and
Karp (1972), Goldberg (1997) min-cost flow. Criteria: Eby et al. (2013), Allen, Eby and Lentz (2006), Dennehy and
Dasgupta (2017), Raposa et al. (2019).
"""

from .codec import (
    cohort_from_json,
    cohort_to_json,
    hash_people,
    hash_settings,
    solution_from_json,
    solution_to_json,
)
from .codes import ALWAYS_ON, PART_CODES, PROBLEM_CODES, REASON_CODES, RULES, STAGES, SWITCHABLE
from .model import (
    DEFAULT_HARD,
    DEFAULT_WEIGHTS,
    GENDERS,
    OWN_KINDS,
    OWN_PREFIX,
    RANKINGS,
    SLOTS_PER_WEEK,
    CohortError,
    Mentee,
    Mentor,
    Person,
    Problem,
    Progress,
    Roster,
    Settings,
)
from .result import Certificate, Pair, PairScore, Part, Report, Solution, Stage, Totals, Unmatched
from .rulecount import RuleCount, count_rules
from .rules import find_broken_rules
from .score import Scores, score_matrix, score_pair
from .solve import solve
from .tables import COUNTRY_REGION, FUNCTION_AREA
from .validation import refuse_unsound
from .verify import verify
from .version import ENGINE_VERSION
from .weights import weigh_for, with_rankings

__all__ = [
    "ALWAYS_ON",
    "COUNTRY_REGION",
    "DEFAULT_HARD",
    "DEFAULT_WEIGHTS",
    "ENGINE_VERSION",
    "FUNCTION_AREA",
    "GENDERS",
    "OWN_KINDS",
    "OWN_PREFIX",
    "PART_CODES",
    "PROBLEM_CODES",
    "RANKINGS",
    "REASON_CODES",
    "RULES",
    "SLOTS_PER_WEEK",
    "STAGES",
    "SWITCHABLE",
    "Certificate",
    "CohortError",
    "Mentee",
    "Mentor",
    "Pair",
    "PairScore",
    "Part",
    "Person",
    "Problem",
    "Progress",
    "Report",
    "Roster",
    "RuleCount",
    "Scores",
    "Settings",
    "Solution",
    "Stage",
    "Totals",
    "Unmatched",
    "cohort_from_json",
    "cohort_to_json",
    "count_rules",
    "find_broken_rules",
    "hash_people",
    "hash_settings",
    "refuse_unsound",
    "score_matrix",
    "score_pair",
    "solution_from_json",
    "solution_to_json",
    "solve",
    "verify",
    "weigh_for",
    "with_rankings",
]
