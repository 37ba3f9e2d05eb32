"""Code lists: every choice that the site offers, as data. Places and time zones: `codes.places`."""

from wimmentor.base.codes.aims import GOALS, GOALS_MENTOR, INTERESTS, TOP_CRITERION
from wimmentor.base.codes.careers import (
    FUNCTION_AREA,
    MINING_FUNCTION,
    MINING_SEGMENT,
    ROSTER_DAYS,
    ROSTER_HOURS,
    ROTATION,
    SENIORITY_BAND,
    function_area,
)
from wimmentor.base.codes.codelist import CodeList
from wimmentor.base.codes.people import GENDER, PREFERRED_GENDER
from wimmentor.base.codes.practice import (
    CHALLENGE,
    EVALUATION_LEVEL,
    FUNDING_KIND,
    MATCHING_CRITERIA,
    SUCCESS_FACTOR,
    TOOL_KIND,
)
from wimmentor.base.codes.programmes import (
    DELIVERY,
    MATCHING_METHOD,
    MEETING_CHANNEL,
    MENTOR_TARGET_GENDER,
    PROGRAMME_FORMAT,
)
from wimmentor.base.codes.survey import (
    ANSWER_STATE,
    INITIATIVE_KIND,
    INITIATIVE_STATUS,
    ORGANISATION_TYPE,
    REGION_SCOPE,
    VISIBILITY,
)

LISTS: dict[str, CodeList] = {
    code_list.name: code_list
    for code_list in (
        ANSWER_STATE,
        CHALLENGE,
        DELIVERY,
        EVALUATION_LEVEL,
        FUNCTION_AREA,
        FUNDING_KIND,
        GENDER,
        GOALS,
        GOALS_MENTOR,
        INITIATIVE_KIND,
        INITIATIVE_STATUS,
        INTERESTS,
        MATCHING_CRITERIA,
        MATCHING_METHOD,
        MEETING_CHANNEL,
        MENTOR_TARGET_GENDER,
        MINING_FUNCTION,
        MINING_SEGMENT,
        ORGANISATION_TYPE,
        PREFERRED_GENDER,
        PROGRAMME_FORMAT,
        REGION_SCOPE,
        ROSTER_HOURS,
        ROTATION,
        SENIORITY_BAND,
        SUCCESS_FACTOR,
        TOOL_KIND,
        TOP_CRITERION,
        VISIBILITY,
    )
}

__all__ = [
    "ANSWER_STATE",
    "CHALLENGE",
    "DELIVERY",
    "EVALUATION_LEVEL",
    "FUNCTION_AREA",
    "FUNDING_KIND",
    "GENDER",
    "GOALS",
    "GOALS_MENTOR",
    "INITIATIVE_KIND",
    "INITIATIVE_STATUS",
    "INTERESTS",
    "LISTS",
    "MATCHING_CRITERIA",
    "MATCHING_METHOD",
    "MEETING_CHANNEL",
    "MENTOR_TARGET_GENDER",
    "MINING_FUNCTION",
    "MINING_SEGMENT",
    "ORGANISATION_TYPE",
    "PREFERRED_GENDER",
    "PROGRAMME_FORMAT",
    "REGION_SCOPE",
    "ROSTER_DAYS",
    "ROSTER_HOURS",
    "ROTATION",
    "SENIORITY_BAND",
    "SUCCESS_FACTOR",
    "TOOL_KIND",
    "TOP_CRITERION",
    "VISIBILITY",
    "CodeList",
    "function_area",
]
