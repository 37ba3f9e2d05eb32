"""How initiatives are paid for, what mentees pay, and how many places were given away."""

from dataclasses import dataclass

from inventory.analysis.derived import FEES, FUNDING, MAIN_SOURCE
from inventory.analysis.levels import Survey
from inventory.analysis.measures import Number, number_in
from inventory.analysis.tables import Tally, tally
from inventory.initiatives.readers import is_few
from inventory.initiatives.rows import OrganisationRow


@dataclass(frozen=True)
class Scholarships:
    """Places whose fee was waived. `unknown`: editions that do not tell; outside IWiM of named organisations.
    `left_out`: some are not in the sum, since it would give them away. `number` None:
    hidden, or (`untold`) nobody told."""

    number: Number | None
    editions: int
    organisations: int
    unknown: int
    left_out: bool = False
    untold: bool = False


@dataclass(frozen=True)
class Funding:
    sources: Tally
    main: Tally
    fees: Tally
    scholarships: Scholarships


def tell_funding(survey: Survey) -> Funding:
    sources, main, fees = (tally(survey.initiatives, by, survey.level) for by in (FUNDING, MAIN_SOURCE, FEES))
    return Funding(sources, main, fees, count_scholarships(survey))


def count_scholarships(survey: Survey) -> Scholarships:
    """Outside IWiM, what single editions tell is public by name, so that a sum with a small or an unnamed part would
    tell it: these parts are left out."""
    told: list[tuple[OrganisationRow, Number]] = []
    unknown = 0
    for row in survey.initiatives:
        for edition in row.editions:
            places = number_in(edition.answers, "D10")
            if places is None:
                unknown += survey.level == "iwim" or row.organisation.named
            else:
                told.append((row.organisation, places))
    if not told:
        return Scholarships(None, 0, 0, unknown, untold=True)
    counted = [one for one in told if survey.level == "iwim" or (one[0].named and not is_few(one[1]))]
    number = sum(places for _organisation, places in counted)
    behind = len({organisation.id for organisation, _places in counted})
    return Scholarships(number if counted else None, len(counted), behind, unknown, left_out=len(counted) < len(told))
