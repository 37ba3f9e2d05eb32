"""Fields that no question asks in these words: they follow from one or several answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from inventory.analysis.exchanges import Lines
from inventory.analysis.field import (
    NOT_APPLICABLE,
    PENDING,
    UNKNOWN,
    Field,
    codes_in,
    field_of,
    field_of_organisation,
    organisation_of,
    read_lines,
    read_state,
    several_lines,
)
from inventory.initiatives.questionnaire import QUESTIONS
from inventory.initiatives.rows import InitiativeRow, OrganisationRow, value_of
from wimmentor.base.codes import ORGANISATION_TYPE, REGION_SCOPE
from wimmentor.base.codes.codelist import CodeList
from wimmentor.base.codes.places import country_name

METHOD_GROUP = CodeList(
    "method_group",
    [
        ("hand", _("By hand")),
        ("expert", _("Psychologist or specialist")),
        ("spreadsheet", _("Spreadsheet")),
        ("software", _("Software")),
        ("choice", _("Participants choose")),
        ("other", _("Other")),
        ("mixed", _("Several, none of them the main one")),
    ],
)
GROUP_OF = {
    "hand_coordinator": "hand",
    "hand_committee": "hand",
    "expert": "expert",
    "spreadsheet": "spreadsheet",
    "software_proposed": "software",
    "software_auto": "software",
    "mentee_choice": "choice",
    "mutual_choice": "choice",
}
# A reach, and the line of those that are for all countries.
EVERYWHERE = "global"
FEE = CodeList(
    "fee", [("free", _("Free for the mentee")), ("employer", _("The employer pays")), ("fee", _("The mentee pays"))]
)


def main_of(row: InitiativeRow, code: str) -> Lines:
    """The main one of several codes, or the only one; several of which none is the main one are "mixed"."""
    codes = codes_in(read_lines(row.answers, QUESTIONS[code]))
    main = row.answers.get(code, {}).get("main")
    if not codes:
        return read_state(row.answers, QUESTIONS[code])
    if main in codes:
        return (str(main),)
    return (codes[0],) if len(codes) == 1 else ("mixed",)


def read_method(row: InitiativeRow) -> Lines:
    (main,) = main_of(row, "E1")
    if main.startswith("?") or main == "mixed":
        return (main,)
    return NOT_APPLICABLE if main == "not_applicable" else (GROUP_OF.get(main, "other"),)


def methods_in(group: str) -> Lines:
    """Codes that lead into the group, and states as they are."""
    if group == NOT_APPLICABLE[0]:
        return ("not_applicable", *NOT_APPLICABLE)
    codes = MATCHING.codes
    return tuple(code for code in codes if GROUP_OF.get(code, "other") == group) or (group,)


def read_main_source(row: InitiativeRow) -> Lines:
    return main_of(row, "G1")


def read_fee(row: InitiativeRow) -> Lines:
    """A part that is missing is not known; 0 is free."""
    parts = value_of(row.answers, "G2")
    if not isinstance(parts, dict):
        return read_state(row.answers, QUESTIONS["G2"])
    mentee, employer = _number(parts.get("mentee")), _number(parts.get("employer"))
    if mentee is None:
        return ("employer",) if employer else UNKNOWN
    return ("fee",) if mentee > 0 else ("employer",) if employer else ("free",)


def read_countries(unit: InitiativeRow | OrganisationRow) -> Lines:
    return several_lines(tuple(organisation_of(unit).countries))


def read_type(unit: InitiativeRow | OrganisationRow) -> Lines:
    organisation = organisation_of(unit)
    return (organisation.type,) if organisation.type else PENDING


def read_years(row: InitiativeRow) -> Lines:
    return several_lines([str(edition.year) for edition in row.editions if edition.year])


def decides_place(row: InitiativeRow) -> str:
    """Which answer tells where its participants live: the form leaves countries empty for global scope."""
    reach = value_of(row.answers, "B8")
    if reach == EVERYWHERE:
        return "B8"
    if value_of(row.answers, "B9"):
        return "B9"
    return "A5" if not reach and value_of(row.organisation.answers, "A5") == EVERYWHERE else "A4"


def read_served(row: InitiativeRow) -> Lines:
    """Where participants live; where that is not told, where the organisation is."""
    decided = decides_place(row)
    if decided == "A4":
        return read_countries(row)
    return PARTICIPANTS.read(row) if decided == "B9" else several_lines([EVERYWHERE])


def name_place(code: str) -> str:
    return REGION_SCOPE.label(code) if code == EVERYWHERE else country_name(code)


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


MATCHING = field_of(QUESTIONS["E1"])
FUNDING = field_of(QUESTIONS["G1"])
COUNTRY = Field(name="country", label=_("Country"), read=read_countries, label_of=country_name, several=True)
PARTICIPANTS = field_of(QUESTIONS["B9"])
REACH, ORGANISATION_REACH = field_of(QUESTIONS["B8"]), field_of_organisation(QUESTIONS["A5"])
SERVED = Field(
    name="served",
    label=_("Country"),
    read=read_served,
    label_of=name_place,
    reads=("B8", "B9", "A5"),
    several=True,
    bases=(COUNTRY, PARTICIPANTS, REACH, ORGANISATION_REACH),
)
TYPE = Field(
    name="organisation_type",
    label=_("Type of organisation"),
    read=read_type,
    label_of=ORGANISATION_TYPE.label,
    codes=ORGANISATION_TYPE.codes,
)
EDITION_YEAR = Field(name="edition_year", label=_("Year of an edition"), read=read_years, label_of=str, several=True)
METHOD = Field(
    name="method_group",
    label=_("Matching, in groups"),
    read=read_method,
    label_of=METHOD_GROUP.label,
    reads=("E1",),
    codes=METHOD_GROUP.codes,
    bases=(MATCHING,),
    comes_from=methods_in,
)
FEES = Field(name="fees", label=_("Fee"), read=read_fee, label_of=FEE.label, reads=("G2",), codes=FEE.codes)
MAIN_SOURCE = Field(
    name="main_source",
    label=_("Main source of funds"),
    read=read_main_source,
    label_of=lambda code: METHOD_GROUP.label(code) if code == "mixed" else FUNDING.label_of(code),
    reads=("G1",),
    codes=(*FUNDING.codes, "mixed"),
    bases=(FUNDING,),
)
