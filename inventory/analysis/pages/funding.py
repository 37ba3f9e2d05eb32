"""How initiatives are paid for, in words and bars."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.analysis.exchanges import STATE
from inventory.analysis.funding import Funding, Scholarships
from inventory.analysis.pages.sheets import Line, Sheet, bars_of
from inventory.analysis.pages.words import raw, say_count, say_number, say_of
from inventory.analysis.tables import Tally


@dataclass(frozen=True)
class FundingPart:
    sentence: str
    sources: Sheet
    fees: Sheet
    scholarships: str


def show_funding(found: Funding) -> FundingPart:
    plain = bars_of(found.sources, "funding", caption=_("Initiatives by source of funds"), unit=_("Initiatives"))
    lines = [_with_main(line, found.main) for line in plain.lines]
    rest = [_with_main(line, found.main, STATE) for line in plain.rest]
    raw_head = [*plain.head, _("Main source")]
    sources = Sheet(plain.name, plain.caption, plain.head, lines, rest, raw_head, plain.states, plain.hides)
    fees = bars_of(
        found.fees, "fees", caption=_("Initiatives by fee"), unit=_("Initiatives"), zeros=True, in_order=True
    )
    sentence = _("%(count)s initiatives say how they are funded.") % {
        "count": say_of(found.sources.told, found.sources.total)
    }
    if lines:
        sentence = _("Most often: %(source)s.") % {"source": lines[0].label} + " " + sentence
    return FundingPart(sentence, sources, fees, _say_scholarships(found.scholarships))


def _with_main(line: Line, main: Tally, kind: str = "") -> Line:
    """`kind`: what the names of lines begin with."""
    count = main.counts[f"{kind}{line.code}"]
    note = _("main source of %(number)s") % {"number": say_count(count)} if count.number != 0 else ""
    return Line(line.code, line.label, line.cells, [*line.raw, raw(count)], note, line.bar)


def _say_scholarships(found: Scholarships) -> str:
    if found.untold:
        return _("Nobody tells of scholarship places.")
    unknown = _("Editions that do not tell: %(number)s.") % {"number": say_number(found.unknown)}
    if found.number is None:
        return _("Scholarship places: hidden.") + " " + unknown
    text = ngettext("%(number)s scholarship place", "%(number)s scholarship places", int(found.number))
    places = text % {"number": say_number(found.number)}
    behind = {
        "places": places,
        "editions": say_number(found.editions),
        "organisations": say_number(found.organisations),
    }
    said = _("%(places)s; editions: %(editions)s, organisations: %(organisations)s.") % behind
    left_out = _("Editions whose places would be told by the sum are left out of it.") if found.left_out else ""
    return " ".join(filter(None, [said, left_out, unknown]))
