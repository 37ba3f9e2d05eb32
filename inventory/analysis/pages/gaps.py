"""Who has no programme for whom, in words and tables."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from inventory.analysis.demand import SEEN
from inventory.analysis.gaps import Gaps, Supply, heads
from inventory.analysis.pages.sheets import Line, Sheet, make_bar
from inventory.analysis.pages.words import raws, say_count, say_list, shorten
from inventory.initiatives.questionnaire.lists import DEMAND
from wimmentor.base.phrases import say_fact


@dataclass(frozen=True)
class GapPart:
    """`sheet`: everything; `bars`: what there is now, for the eye."""

    heading: str
    sentences: list[str]
    sheet: Sheet
    bars: Sheet


def show_seniority(found: Gaps) -> GapPart:
    none = _none_for(found, _("No programme is known for: %(words)s."))
    untold = _untold(found, _("Programmes that say for whom: %(told)s; that do not: %(untold)s."))
    wanted = [shorten(line.label) for line in found.gaps if line.is_wanted]
    demand = (
        _("Of these, organisations see high or medium demand for: %(words)s.") % {"words": say_list(wanted, most=12)}
        if wanted
        else ""
    )
    return _part(_("By seniority"), [none, demand, untold], found, "gaps-seniority", demand=True)


def show_languages(found: Gaps) -> GapPart:
    none = _none_for(found, _("Organisations work in these languages, and no programme is known in them: %(words)s."))
    untold = _untold(found, _("Programmes that say in which languages: %(told)s; that do not: %(untold)s."))
    return _part(_("By language"), [none, untold], found, "gaps-languages")


def show_countries(found: Gaps) -> GapPart:
    none = _none_for(
        found, _("Organisations of these countries have answered, and no programme is known there: %(words)s.")
    )
    untold = _untold(found, _("Programmes whose countries are known: %(told)s; not known: %(untold)s."))
    return _part(_("By country"), [none, untold], found, "gaps-countries", demand=True)


def _none_for(found: Gaps, sentence: str) -> str:
    gaps = [shorten(line.label) for line in found.gaps]
    if not found.lines:
        return _("Nothing is told of this yet.")
    if found.told.number == 0:
        return _("No programme tells this, so nothing can be said of gaps yet.")
    return (
        sentence % {"words": say_list(gaps, most=12)}
        if gaps
        else _("For each of them a programme is known or may exist.")
    )


def _untold(found: Gaps, sentence: str) -> str:
    """A scope that is not told is not "for nobody"."""
    return sentence % {"told": say_count(found.told), "untold": say_count(found.untold)}


def _part(heading: str, sentences: list[str], found: Gaps, name: str, *, demand: bool = False) -> GapPart:
    lines = [_line(line, demand=demand) for line in found.lines]
    head = [heading, *heads(), *([_("Demand seen")] if demand else [])]
    raw_head = [heading, *heads(), _("For a wider scope"), *(_demand_head(one) for one in SEEN if demand)]
    empty = [""] * (len(raw_head) - len(heads()) - 1)
    silent = Line("", _("Not told"), [], [*raws(found.silent.values()), *empty])
    hides = found.untold.is_hidden or any(
        count.is_hidden for line in found.lines for count in [*line.shown, line.also, *line.demand.values()]
    )
    caption = _("Mentoring and sponsorship programmes: %(what)s") % {"what": heading}
    sheet = Sheet(name, caption, head, lines, [silent], raw_head, hides=hides)
    return GapPart(heading, [one for one in sentences if one], sheet, _bars(heading, caption, found.lines))


def _bars(heading: str, caption: str, lines: list[Supply]) -> Sheet:
    largest = max((line.now.known for line in lines), default=0)
    bars = [make_bar(line.code, line.label, line.now, largest, _say_wider(line)) for line in lines]
    return Sheet("", caption, [heading, _("Programmes now")], bars)


def _line(line: Supply, *, demand: bool) -> Line:
    cells = [say_count(count) for count in line.shown]
    raw: list[Any] = raws([*line.shown, line.also])
    if demand:
        cells.append(_say_demand(line))
        raw += raws(line.demand.values()) or [""] * len(SEEN)
    return Line(line.code, shorten(line.label), cells, raw, _say_wider(line))


def _say_wider(line: Supply) -> str:
    """Programmes for a wider scope, which take these in."""
    return _("and %(number)s for a wider scope") % {"number": say_count(line.also)} if line.also.known else ""


def _say_demand(line: Supply) -> str:
    """High: 3, medium: 2; of organisations."""
    if not line.demand:
        return _("not asked")
    said = [say_fact(DEMAND.label(one), say_count(count)) for one, count in line.demand.items() if count.number != 0]
    return ", ".join(said) or _("not told")


def _demand_head(one: str) -> str:
    return _("Organisations that see demand: %(level)s") % {"level": DEMAND.label(one)}
