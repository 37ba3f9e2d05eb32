"""The criteria: each grades a pair 0..100 with a message code and the true values. Missing data = 50, said so."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from .grade import Grade, grade_unknown, scale
from .model import RANKINGS, Mentee, Mentor, Person, Settings
from .own_criteria import grade_own
from .rankings import grade_mentee_ranking, grade_mentor_ranking
from .rosters import DAY_MIN, SLOT_MIN, is_phase_known, measure_minutes
from .tables import COUNTRY_REGION, FUNCTION_AREA

NEAR_MIN: Final = 120  # minutes of offset that cost nothing
FAR_MIN: Final = 600  # minutes of offset from which a time zone scores 0
LONGEST_GAP_MONTHS: Final = 360
FULL_OVERLAP_MIN: Final = 240  # minutes a week


def score_gap(gap: int, settings: Settings) -> int:
    """100 in the ideal band; below it falling to 0 at the minimum gap, above it to 0 at 30 years."""
    least, (low, high) = settings.min_gap_months, settings.ideal_gap_months
    if low <= gap <= high:
        return 100
    if gap < low:
        return scale(gap - least, low - least) if gap > least else 0
    return scale(LONGEST_GAP_MONTHS - gap, LONGEST_GAP_MONTHS - high) if gap < LONGEST_GAP_MONTHS else 0


def measure_offset(one: int, other: int) -> int:
    """Minutes between two UTC offsets on the circle of a day, 0..720."""
    difference = (one - other) % DAY_MIN
    return min(difference, DAY_MIN - difference)


def score_offset(difference: int) -> int:
    if difference <= NEAR_MIN:
        return 100
    return scale(FAR_MIN - difference, FAR_MIN - NEAR_MIN) if difference < FAR_MIN else 0


def score_minutes(shared: int) -> int:
    """Absolute overlap up to four hours, never a share of one's own: having little time is not rewarded."""
    return scale(min(shared, FULL_OVERLAP_MIN), FULL_OVERLAP_MIN)


def score_interests(shared: int) -> int:
    return min(100, 50 * shared)


def _grade_goals(mentee: Mentee, mentor: Mentor, settings: Settings) -> Grade:
    if not mentee.goals or not mentor.goals:
        return grade_unknown("goals", bool(mentee.goals), bool(mentor.goals))
    shared, wanted = sorted(mentee.goals & mentor.goals), len(mentee.goals)
    if not shared:
        return Grade(0, "goals.none", {"wanted": wanted})
    values = {"shared": shared, "wanted": wanted, "offered": len(shared)}
    return Grade(scale(len(shared), wanted), "goals.share", values)


def _grade_seniority_gap(mentee: Mentee, mentor: Mentor, settings: Settings) -> Grade:
    if mentee.experience_months is None or mentor.experience_months is None:
        known = mentee.experience_months is not None, mentor.experience_months is not None
        return grade_unknown("seniority", *known)
    gap = mentor.experience_months - mentee.experience_months
    low, high = settings.ideal_gap_months
    code = "short" if gap < low else "long" if gap > high else "ideal"
    values = {"gap_months": gap, "ideal_from": low, "ideal_to": high}
    return Grade(score_gap(gap, settings), f"seniority.{code}", values)


def _grade_function(mentee: Mentee, mentor: Mentor, settings: Settings) -> Grade:
    if not mentee.function or not mentor.function:
        return grade_unknown("function", bool(mentee.function), bool(mentor.function))
    if mentee.function == mentor.function:
        return Grade(100, "function.same", {"function": mentee.function})
    sides = {"mentee": mentee.function, "mentor": mentor.function}
    area = FUNCTION_AREA.get(mentee.function)
    if area is not None and area == FUNCTION_AREA.get(mentor.function):
        return Grade(60, "function.area", {"area": area, **sides})
    return Grade(0, "function.different", sides)


def _grade_time_zone(mentee: Mentee, mentor: Mentor, settings: Settings) -> Grade:
    if mentee.utc_offset_min is None or mentor.utc_offset_min is None:
        return grade_unknown("time_zone", mentee.utc_offset_min is not None, mentor.utc_offset_min is not None)
    difference = measure_offset(mentee.utc_offset_min, mentor.utc_offset_min)
    code = "time_zone.near" if difference <= NEAR_MIN else "time_zone.apart"
    return Grade(score_offset(difference), code, {"difference_min": difference})


def _grade_language(mentee: Mentee, mentor: Mentor, settings: Settings) -> Grade:
    if not mentee.spoken or not mentor.spoken:
        return grade_unknown("language", bool(mentee.spoken), bool(mentor.spoken))
    common = mentee.spoken & mentor.spoken
    if not common:
        return Grade(0, "language.none", {"mentee": sorted(mentee.spoken), "mentor": sorted(mentor.spoken)})
    shared = sorted(common)
    wishes = {
        side: person.preferred_language
        for side, person in (("mentee", mentee), ("mentor", mentor))
        if person.preferred_language in common
    }
    if not wishes:
        return Grade(60, "language.shared", {"shared": shared})
    side, language = next(iter(wishes.items()))
    if mentee.preferred_language == mentor.preferred_language:
        return Grade(100, "language.preferred", {"language": language, "shared": shared})
    values = {"language": language, "side": "both" if len(wishes) == 2 else side, "shared": shared}
    return Grade(80, "language.preferred_one", values)


def _grade_region(mentee: Mentee, mentor: Mentor, settings: Settings) -> Grade:
    if not mentee.country or not mentor.country:
        return grade_unknown("region", bool(mentee.country), bool(mentor.country))
    if mentee.country == mentor.country:
        return Grade(100, "region.country", {"country": mentee.country})
    sides = {"mentee": mentee.country, "mentor": mentor.country}
    region = COUNTRY_REGION.get(mentee.country)
    if region is not None and region == COUNTRY_REGION.get(mentor.country):
        return Grade(60, "region.region", {"region": region, **sides})
    return Grade(0, "region.different", sides)


def _meets(one: Person, other: Person) -> bool | None:
    if not one.preferred_gender:
        return True
    return one.preferred_gender == other.gender if other.gender else None


def _grade_gender_preference(mentee: Mentee, mentor: Mentor, settings: Settings) -> Grade:
    wants = {"mentee_wants": mentee.preferred_gender or "", "mentor_wants": mentor.preferred_gender or ""}
    if not any(wants.values()):
        return Grade(100, "gender_preference.none", {})
    mentee_met, mentor_met = _meets(mentee, mentor), _meets(mentor, mentee)
    if mentee_met is False:
        values = {"mentee_wants": wants["mentee_wants"], "mentor_gender": mentor.gender or ""}
        return Grade(0, "gender_preference.mentee_unmet", values)
    if mentee_met is None or mentor_met is None:
        # the wish of one side waits for the gender of the other
        return grade_unknown("gender_preference", mentor_met is not None, mentee_met is not None, **wants)
    if mentor_met is False:
        values = {"mentor_wants": wants["mentor_wants"], "mentee_gender": mentee.gender or ""}
        return Grade(50, "gender_preference.mentor_unmet", values)
    return Grade(100, "gender_preference.met", wants)


def _grade_availability(mentee: Mentee, mentor: Mentor, settings: Settings) -> Grade:
    if not mentee.availability or not mentor.availability:
        return grade_unknown("availability", bool(mentee.availability), bool(mentor.availability))
    slots = len(mentee.availability & mentor.availability)
    if not slots:
        return Grade(0, "availability.none", {})
    minutes = measure_minutes(mentee, mentor)
    rosters = {side: one.roster for side, one in (("mentee", mentee), ("mentor", mentor)) if one.roster is not None}
    if not rosters:
        return Grade(score_minutes(minutes), "availability.shared", {"slots": slots, "minutes": minutes})
    values = {"minutes": minutes, "named": SLOT_MIN * slots, "rosters": list(rosters)}
    assumed = [side for side, roster in rosters.items() if not is_phase_known(roster)]
    if assumed:
        return Grade(score_minutes(minutes), "availability.rosters_assumed", {**values, "assumed": assumed})
    return Grade(score_minutes(minutes), "availability.rosters", values)


def _grade_interests(mentee: Mentee, mentor: Mentor, settings: Settings) -> Grade:
    if not mentee.interests or not mentor.interests:
        return grade_unknown("interests", bool(mentee.interests), bool(mentor.interests))
    shared = sorted(mentee.interests & mentor.interests)
    if not shared:
        return Grade(0, "interests.none", {})
    return Grade(score_interests(len(shared)), "interests.shared", {"shared": shared})


Grader = Callable[[Mentee, Mentor, Settings], Grade]

# The nine that every settings weigh.
CRITERIA: Final[Mapping[str, Grader]] = {
    "goals": _grade_goals,
    "seniority_gap": _grade_seniority_gap,
    "function": _grade_function,
    "time_zone": _grade_time_zone,
    "language": _grade_language,
    "region": _grade_region,
    "gender_preference": _grade_gender_preference,
    "availability": _grade_availability,
    "interests": _grade_interests,
}
_RANKED: Final[Mapping[str, Grader]] = {"mentee_ranking": grade_mentee_ranking, "mentor_ranking": grade_mentor_ranking}


def list_graders(settings: Settings) -> dict[str, Grader]:
    """The nine, then rankings and the programme's own criteria as far as they count."""
    rankings = {key: _RANKED[key] for key in RANKINGS if settings.weights.get(key)}
    return {**CRITERIA, **rankings, **{key: partial(grade_own, key) for key in list_own(settings)}}


def list_own(settings: Settings) -> list[str]:
    return [key for key in sorted(settings.own_criteria) if settings.weights.get(key)]
