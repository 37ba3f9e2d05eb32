"""The whole analysis of a survey, section by section; every table of it can be taken along by its name."""

from collections.abc import Callable, Collection
from functools import cached_property

from django.utils.translation import gettext as _

from inventory.analysis.association import find_associations
from inventory.analysis.comparison import compare_methods
from inventory.analysis.demand import DEMAND_ANYWHERE
from inventory.analysis.derived import COUNTRY, FEES, MAIN_SOURCE, METHOD, SERVED
from inventory.analysis.field import codes_of, field_of
from inventory.analysis.funding import tell_funding
from inventory.analysis.gaps import find_country_gaps, find_language_gaps, find_seniority_gaps
from inventory.analysis.lessons import CHALLENGES, SUCCESS, rank_lessons
from inventory.analysis.levels import Survey
from inventory.analysis.overview import READ, Overview, Part, make_overview, show_told
from inventory.analysis.pages.associations import AssociationPart, show_associations
from inventory.analysis.pages.funding import FundingPart, show_funding
from inventory.analysis.pages.gaps import GapPart, show_countries, show_languages, show_seniority
from inventory.analysis.pages.lessons import LessonPart, show_challenges, show_success
from inventory.analysis.pages.methods import Methods, show_methods
from inventory.analysis.pages.sheets import Sheet, bars_of
from inventory.analysis.pages.words import say_of
from inventory.analysis.supply import KINDS, STATUS
from inventory.analysis.tables import tally
from inventory.analysis.telling import telling
from inventory.initiatives.questionnaire import QUESTIONS

# Public questions that are asked of every initiative, by their short names.
TOLD = ("B3", "B4", "B8", "C1", "C5", "C6", "D5", "D7", "E1", "E3", "F1", "F3", "F4", "F5", "G1", "G2", "J1", "J2")


class Analysis:
    """Each section is made when it is looked at: a file needs one, the page all of them."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey

    @cached_property
    def overview(self) -> Overview:
        return make_overview(self.survey)

    @cached_property
    def told(self) -> Part:
        return show_told(self.survey, [(field, field.label) for code in TOLD for field in telling(code)])

    @cached_property
    def countries(self) -> Part:
        return _show_countries(self.survey)

    @cached_property
    def seniority(self) -> GapPart:
        return show_seniority(find_seniority_gaps(self.survey.by_name))

    @cached_property
    def languages(self) -> GapPart:
        return show_languages(find_language_gaps(self.survey.by_name))

    @cached_property
    def served(self) -> GapPart:
        return show_countries(find_country_gaps(self.survey.by_name))

    @property
    def gaps(self) -> list[GapPart]:
        return [self.seniority, self.languages, self.served]

    @cached_property
    def methods(self) -> Methods:
        return show_methods(compare_methods(self.survey))

    @cached_property
    def success(self) -> LessonPart:
        return show_success(rank_lessons(self.survey, SUCCESS))

    @cached_property
    def challenges(self) -> LessonPart:
        return show_challenges(rank_lessons(self.survey, CHALLENGES))

    @property
    def lessons(self) -> list[LessonPart]:
        return [self.success, self.challenges]

    @cached_property
    def associations(self) -> AssociationPart:
        return show_associations(find_associations(self.survey))

    @cached_property
    def funding(self) -> FundingPart:
        return show_funding(tell_funding(self.survey))

    @property
    def left_out(self) -> int:
        return self.survey.left_out

    @property
    def hides(self) -> bool:
        return any(self.sheet(name).hides for name in SHEETS)

    def sheet(self, name: str) -> Sheet:
        return SHEETS[name](self)


# Every table of the analysis, by the name of its file.
SHEETS: dict[str, Callable[[Analysis], Sheet]] = {
    "kinds": lambda found: found.overview.kinds.sheet,
    "told": lambda found: found.told.sheet,
    "scope": lambda found: found.overview.for_whom.sheet,
    "countries": lambda found: found.countries.sheet,
    "gaps-seniority": lambda found: found.seniority.sheet,
    "gaps-languages": lambda found: found.languages.sheet,
    "gaps-countries": lambda found: found.served.sheet,
    "matching": lambda found: found.methods.sheet,
    "matching-groups": lambda found: found.methods.groups,
    "success": lambda found: found.success.sheet,
    "challenges": lambda found: found.challenges.sheet,
    "associations": lambda found: found.associations.sheet,
    "funding": lambda found: found.funding.sources,
    "fees": lambda found: found.funding.fees,
}
# Of which answers a file is made, where they are few; all are read sooner than many are picked out.
READ_BY: dict[str, Collection[str]] = {
    "kinds": READ,
    "scope": READ,
    "countries": codes_of(COUNTRY),
    "gaps-seniority": codes_of(field_of(QUESTIONS["C1"]), STATUS, KINDS, DEMAND_ANYWHERE),
    "gaps-languages": codes_of(field_of(QUESTIONS["F4"]), STATUS, KINDS),
    "gaps-countries": codes_of(SERVED, STATUS, KINDS, DEMAND_ANYWHERE),
    "matching-groups": codes_of(METHOD),
    "success": codes_of(field_of(QUESTIONS[SUCCESS])),
    "challenges": codes_of(field_of(QUESTIONS[CHALLENGES])),
    "funding": codes_of(MAIN_SOURCE),
    "fees": codes_of(FEES),
}


def _show_countries(survey: Survey) -> Part:
    found = tally(survey.initiatives, COUNTRY, survey.level)
    sheet = bars_of(found, "countries", caption=_("Initiatives by country"), unit=_("Initiatives"))
    several = _("%(count)s initiatives are of an organisation with a country.")
    return Part(sheet, several % {"count": say_of(found.told, found.total)}, _("an organisation can serve several"))
