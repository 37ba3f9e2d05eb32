"""A change on the board with its price, before anything is changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from matching.board import queries
from matching.board.hand import Alternative, Bench, HandPair
from matching.board.models import PairRule
from matching.board.price_wording import PriceLine, PriceWords, count_own, order_of
from matching.engine import Problem
from matching.runs.asking import ask_engine
from matching.runs.models import MatchingRun, ProofState
from matching.runs.pages import drawn_parts
from matching.runs.present import Present, read_present, still_holds
from matching.runs.queries import active_run
from matching.runs.wording import problem_sentence
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from wimmentor.base.errors import DomainError

# What the address asks: the engine's name of it, and whom it is about.
QUESTIONS: Final = {
    "others": ("list_alternatives", ("mentee",)),
    "pair": ("force", ("mentee", "mentor")),
    "forbid": ("forbid", ("mentee", "mentor")),
    "without-mentee": ("withdraw_mentee", ("mentee",)),
    "without-mentor": ("withdraw_mentor", ("mentor",)),
    "place": ("add_place", ("mentor",)),
}
MOST_SHOWN: Final = 100
DRAWN: Final = 8  # so many are drawn; the others are a list


@dataclass(frozen=True)
class OtherMentor:
    mentor: Application
    points: int
    drawn: list[dict[str, Any]]
    line: PriceLine
    costs_nothing: bool


class PricePage:
    """`people`: mentee and mentor as the address names them, by role. `missing` if one of them is not accepted here."""

    def __init__(self, cohort: Cohort, ask: str, ids: dict[str, int]) -> None:
        self.cohort, self.ask, self.ids = cohort, ask, ids
        self.run: MatchingRun | None = queries.run_for_board(cohort)
        self.active = active_run(cohort)
        self.present: Present = read_present(cohort)
        self.rules: Sequence[PairRule] = list(queries.rules_of(cohort))
        self.bench = Bench(self.present, self.rules, list(queries.offers_for_board(cohort)))
        sides = {"mentee": set(self.bench.mentees), "mentor": set(self.bench.mentors)}
        self.people = {role: self.bench.people[pk] for role, pk in ids.items() if pk in sides[role]}
        self.missing = set(self.people) != set(QUESTIONS[ask][1])

    @property
    def heading(self) -> str:
        names = {role: person.name for role, person in self.people.items()}
        return {
            "others": _("Somebody else for %(mentee)s"),
            "pair": _("Pairing %(mentee)s with %(mentor)s"),
            "forbid": _("Forbidding %(mentee)s with %(mentor)s"),
            "without-mentee": _("If %(mentee)s withdraws"),
            "without-mentor": _("If %(mentor)s withdraws"),
            "place": _("If %(mentor)s had one more place"),
        }[self.ask] % names

    @cached_property
    def _outcome(self) -> tuple[dict[str, Any], DomainError | None]:
        """The engine's answer, or why there is no price. Asking is what costs time."""
        try:
            answer = self._ask()
        except DomainError as error:
            return {}, error
        if "problems" in answer:
            names = {str(pk): person.name for pk, person in self.bench.people.items()}
            problems = [Problem(**problem) for problem in answer["problems"]]
            sentences = [problem_sentence(problem, names) for problem in problems[:3]]
            return {}, DomainError(" ".join(sentences), code="impossible")
        return answer, None

    @property
    def refusal(self) -> DomainError | None:
        return self._outcome[1]

    def _ask(self) -> dict[str, Any]:
        run = self._sound_run()
        if (obstacle := self.hand and self.hand.obstacle) and self.ask == "pair":
            raise obstacle
        name, roles = QUESTIONS[self.ask]
        present = replace(self.present, settings=replace(self.present.settings, locked=self._locks(run)))
        return ask_engine(run, present, [name, *(str(self.ids[role]) for role in roles)])

    def _sound_run(self) -> MatchingRun:
        if self.run is None:
            raise DomainError(_("There is no result yet, so there is nothing to compare with."), code="no_result")
        if self.run.proof_state == ProofState.EARLIER:
            raise DomainError(_("An earlier version of the program made this result."), code="again")
        if self.run.proof_state != ProofState.PROVEN:
            raise DomainError(_("Only a proven result has exact prices, and this one is not proven."), code="again")
        if not still_holds(self.run, self.present):
            raise DomainError(_("People, rules or settings changed after this result."), code="again")
        return self.run

    def _locks(self, run: MatchingRun) -> frozenset[tuple[str, str]]:
        """Without those of the people asked about, who would be free then. What was fixed before the run is no part of
        its proof and cannot be loosened."""
        fixed = {(mentee, mentor) for mentee, mentor in run.input["settings"]["locked"]}
        about = {(role, str(pk)) for role, pk in self.ids.items() if role == "mentee" or self.ask == "without-mentor"}
        theirs = {
            (mentee, mentor)
            for mentee, mentor in self.present.settings.locked
            if {("mentee", mentee), ("mentor", mentor)} & about
        }
        for mentee, mentor in sorted(theirs & fixed):
            names = {"mentee": self.bench.people[int(mentee)].name, "mentor": self.bench.people[int(mentor)].name}
            raise DomainError(
                _("%(mentee)s and %(mentor)s were fixed when this result was made. Free them and run again.") % names,
                code="fixed",
            )
        return self.present.settings.locked - theirs

    @cached_property
    def hand(self) -> HandPair | None:
        return self.bench.pair(self.ids.get("mentee"), self.ids.get("mentor"))

    @cached_property
    def by_points(self) -> list[Alternative]:
        """Who else would do for her where there is no price."""
        pairs = (self.run.solution or {})["pairs"] if self.run else []
        result = {(int(pair["mentee_id"]), int(pair["mentor_id"])) for pair in pairs}
        return self.bench.alternatives(self.ids["mentee"], result)

    @property
    def may_retry(self) -> bool:
        return self.refusal is not None and self.refusal.code in ("busy", "slow", "crashed")

    @property
    def takes_focus(self) -> bool:
        """The others come by themselves with what is open already."""
        return self.ask not in ("others", "pair")

    @property
    def drawn(self) -> int:
        return DRAWN

    @property
    def seen(self) -> str:
        """The kind of rule about the pair, as this page shows it."""
        pair = (self.ids.get("mentee"), self.ids.get("mentor"))
        return next((str(rule.kind) for rule in self.rules if (rule.mentee_id, rule.mentor_id) == pair), "")

    @cached_property
    def _words(self) -> PriceWords:
        names = {str(pk): person.name for pk, person in self.bench.people.items()}
        solution: dict[str, Any] = (self.run.solution if self.run else None) or {}
        floor = any(stage["name"] == "floor" for stage in solution["certificate"]["stages"])
        return PriceWords(names, solution["totals"]["points"], floor=floor)

    @cached_property
    def line(self) -> PriceLine | None:
        price = self._outcome[0].get("price")
        if price is None:
            return None
        if self.ask == "pair" and self.hand:
            price = count_own(price, self.hand.fit.points)
        own = self.ask in ("pair", "without-mentee")
        return self._words.word(price, [str(self.ids["mentee"])] if own else [])

    @cached_property
    def _alternatives(self) -> list[dict[str, Any]]:
        found = [
            {**one, "price": count_own(one["price"], one["points"])} for one in self._outcome[0].get("alternatives", [])
        ]
        return sorted(found, key=lambda one: order_of(one["price"]))

    @property
    def count(self) -> int:
        return len(self._alternatives)

    @property
    def total(self) -> str:
        return self._words.say_total()

    @property
    def undrawn(self) -> int:
        return len(self.others) - DRAWN

    @cached_property
    def others(self) -> list[OtherMentor]:
        """The cheapest first."""
        shown = self._alternatives[:MOST_SHOWN]
        return [self._word_other(one, drawn=place < DRAWN) for place, one in enumerate(shown)]

    def _word_other(self, one: dict[str, Any], *, drawn: bool) -> OtherMentor:
        mentor = int(one["mentor_id"])
        pair = self.bench.pair(int(one["mentee_id"]), mentor) if drawn else None
        return OtherMentor(
            self.bench.people[mentor],
            one["points"],
            drawn_parts(pair.fit.parts) if pair else [],
            self._words.word(one["price"], [one["mentee_id"]]),
            not any(order_of(one["price"])),
        )
