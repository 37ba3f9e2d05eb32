"""The whole analysis of a survey, section by section; every table of it can be taken along by its name."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from inventory.analysis.association import find_associations
from inventory.analysis.comparison import compare_methods
from inventory.analysis.derived import COUNTRY
from inventory.analysis.funding import tell_funding
from inventory.analysis.gaps import find_country_gaps, find_language_gaps, find_seniority_gaps
from inventory.analysis.lessons import CHALLENGES, SUCCESS, rank_lessons
from inventory.analysis.levels import Survey
from inventory.analysis.overview import Overview, Part, make_overview, show_told
from inventory.analysis.pages.associations import AssociationPart, show_associations
from inventory.analysis.pages.funding import FundingPart, show_funding
from inventory.analysis.pages.gaps import GapPart, show_countries, show_languages, show_seniority
from inventory.analysis.pages.lessons import LessonPart, show_challenges, show_success
from inventory.analysis.pages.methods import Methods, show_methods
from inventory.analysis.pages.sheets import Sheet, bars_of
from inventory.analysis.pages.words import say_of
from inventory.analysis.tables import tally
from inventory.initiatives.questionnaire import QUESTIONS

# Public questions that are asked of every initiative, by their short names.
TOLD = ("B3", "B4", "B8", "C1", "C5", "C6", "D5", "D7", "E1", "E3", "F1", "F3", "F4", "F5", "G1", "G2", "J1", "J2")


@dataclass(frozen=True)
class Analysis:
    overview: Overview
    told: Part
    countries: Part
    gaps: list[GapPart]
    methods: Methods
    lessons: list[LessonPart]
    associations: AssociationPart
    funding: FundingPart
    left_out: int

    @property
    def sheets(self) -> Iterator[Sheet]:
        yield from (self.overview.kinds.sheet, self.told.sheet, self.overview.for_whom.sheet, self.countries.sheet)
        yield from (gap.sheet for gap in self.gaps)
        yield from (self.methods.sheet, self.methods.groups)
        yield from (lesson.sheet for lesson in self.lessons)
        yield from (self.associations.sheet, self.funding.sources, self.funding.fees)

    @property
    def hides(self) -> bool:
        return any(sheet.hides for sheet in self.sheets)

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def analyse(survey: Survey) -> Analysis:
    names: dict[str, str | Promise] = {code: QUESTIONS[code].name for code in TOLD}
    return Analysis(
        overview=make_overview(survey),
        told=show_told(survey, names),
        countries=_show_countries(survey),
        gaps=[
            show_seniority(find_seniority_gaps(survey)),
            show_languages(find_language_gaps(survey)),
            show_countries(find_country_gaps(survey)),
        ],
        methods=show_methods(compare_methods(survey)),
        lessons=[show_success(rank_lessons(survey, SUCCESS)), show_challenges(rank_lessons(survey, CHALLENGES))],
        associations=show_associations(find_associations(survey)),
        funding=show_funding(tell_funding(survey)),
        left_out=survey.left_out,
    )


def _show_countries(survey: Survey) -> Part:
    found = tally(survey.initiatives, COUNTRY, survey.level)
    sheet = bars_of(found, "countries", caption=_("Initiatives by country"), unit=_("Initiatives"))
    several = _("%(count)s initiatives are of an organisation with a country.")
    return Part(sheet, several % {"count": say_of(found.told, found.total)}, _("an organisation can serve several"))
