"""Success factors and challenges, ranked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from inventory.analysis.exchanges import STATE
from inventory.analysis.lessons import Lesson, Lessons
from inventory.analysis.pages.sheets import Line, Sheet, make_bar
from inventory.analysis.pages.words import raw, say_count, say_of
from inventory.analysis.tables import Count
from wimmentor.base.phrases import say_fact


@dataclass(frozen=True)
class LessonPart:
    heading: str
    sentence: str
    sheet: Sheet


def show_success(found: Lessons) -> LessonPart:
    return _part(
        found, "success", _("Success factors"), _("Named most often as a reason of success: %(what)s (%(count)s).")
    )


def show_challenges(found: Lessons) -> LessonPart:
    return _part(found, "challenges", _("Challenges"), _("Named most often as a challenge: %(what)s (%(count)s)."))


def _part(found: Lessons, name: str, heading: str, sentence: str) -> LessonPart:
    largest = max((one.named.known for one in found.ranked), default=0)
    lines = [_line(one, largest) for one in found.ranked]
    states = {line: found.tally.counts[line] for line in found.tally.states}
    rest = [_state_line(found, line, count) for line, count in states.items()]
    said = _("%(count)s organisations answer this.") % {"count": say_of(found.told, found.organisations)}
    if found.ranked:
        first = found.ranked[0]
        said = f"{sentence % {'what': first.label, 'count': say_count(first.named)}} {said}"
    head = [heading, _("Organisations")]
    hides = any(one.named.is_hidden or one.first.is_hidden for one in found.ranked)
    sheet = Sheet(
        name,
        _("%(heading)s by how many organisations name them") % {"heading": heading},
        head,
        lines,
        rest,
        [*head, _("Name it first")],
        " · ".join(say_fact(line.label, line.cells[0]) for line in rest),
        hides,
    )
    return LessonPart(heading, said, sheet)


def _line(one: Lesson, largest: int) -> Line:
    note = _("first for %(number)s") % {"number": say_count(one.first)} if one.first.number != 0 else ""
    bar = make_bar(one.code, one.label, one.named, largest, note)
    return Line(one.code, bar.label, bar.cells, [raw(one.named), raw(one.first)], note, bar.bar)


def _state_line(found: Lessons, line: str, count: Count) -> Line:
    return Line(line.removeprefix(STATE), found.tally.field.word(line), [say_count(count)], [raw(count), ""])
