"""Provably best pairs of mentees and mentors under rules and weights. No Django, no clock, no randomness, no threads.

Score. Every mentee is compared with every mentor. A pair is excluded by the first rule it breaks (`rules`) or gets
0..10000 points: criteria, each graded 0..100 (`criteria`), times weights that sum to 100; what counts most for a mentee
weighs more for her (`weights`), hours on some days of a roster count as those of an average week (`rosters`), missing
data is a neutral 50 and said so. Mentees who are alike in what some criteria look at are compared once (`facets`,
`grids`), so that a row of the matrix is a sum of few; it and the scalar `score_pair` agree bit for bit.

Solve. count > fairness > total > load > order, each exact, each over the pairings that are best in all before it
(`faces`): integer prices u per mentee, v per mentor with u + v >= worth for every pair and sum(u) + sum(places * v) =
worth of the chosen pairs prove a stage, and by complementary slackness say which pairs, people and loads are left to
the next. So no stage needs a bonus that outweighs every sum of points. Few pairs reach the flow solver at a time
(`flow`, column generation): prices are recovered from its answer by v[j] = max over i of (worth[i, j] - u[i])
(`duals`), a pass over the matrix finds pairs that break them (`pricing`), and they are added (`stages`). 'count' is
proven by a cover (`cover`), the worst pair by bisection and a cover that is too small (`fair`), even loads by convex
costs of places. A deadline gives the best pairs so far and the bound of the last prices, as 'not_proven'.

Prove. `verify` checks stage by stage (`proof`) from the people alone and imports nothing that solves.

Explain and ask. `explain`: rules that exclude everybody and the smallest sets of them to lift, or a group of mentees
who share too few places and cannot be made smaller. `whatif`: what forcing, forbidding, a withdrawal or one more place
costs, and who moves: shortest paths in the graph of exchanges (`residual`), whose lengths are u + v - worth in all
stages at once (`levels`). `profiles`: the fewest mentors who are missing (`covering`). Everything leaves as codes with
values (`codes`); the site words them.

Sources: König (1931) covers; Hall (1935) groups; Kuhn (1955), Munkres (1957) assignment by prices; Dantzig and Wolfe
(1960) columns; Edmonds and Karp (1972), Goldberg (1997) min-cost flow. Criteria: Eby et al. (2013), Allen, Eby and
Lentz (2006), Dennehy and Dasgupta (2017), Raposa et al. (2019), Baker et al. (2025).
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
from .profiles import Missing, Profile, find_missing_mentors
from .result import Certificate, Pair, PairScore, Part, Report, Solution, Stage, Totals, Unmatched
from .rulecount import RuleCount, count_rules
from .rules import find_broken_rules
from .score import Scores, score_matrix, score_pair
from .solve import solve
from .tables import COUNTRY_REGION, FUNCTION_AREA
from .validation import refuse_unsound
from .verify import NOT_PROVEN, verify
from .version import ENGINE_VERSION
from .weights import weigh_for, with_rankings
from .whatif import Alternative, Change, Price, WhatIf

__all__ = [
    "ALWAYS_ON",
    "COUNTRY_REGION",
    "DEFAULT_HARD",
    "DEFAULT_WEIGHTS",
    "ENGINE_VERSION",
    "FUNCTION_AREA",
    "GENDERS",
    "NOT_PROVEN",
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
    "Alternative",
    "Certificate",
    "Change",
    "CohortError",
    "Mentee",
    "Mentor",
    "Missing",
    "Pair",
    "PairScore",
    "Part",
    "Person",
    "Price",
    "Problem",
    "Profile",
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
    "WhatIf",
    "cohort_from_json",
    "cohort_to_json",
    "count_rules",
    "find_broken_rules",
    "find_missing_mentors",
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
