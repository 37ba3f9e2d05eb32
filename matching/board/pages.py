"""What the board shows, read with a fixed number of queries whatever the size of the cohort."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from matching.board import queries
from matching.board.forms.board import HandForm
from matching.board.hand import Bench
from matching.board.models import BoardStep, Offer, PairRule
from matching.board.rows import BoardRow, make_rows
from matching.board.wording import step_sentence
from matching.runs.models import MatchingRun, ProofState
from matching.runs.pages import part_rows, unmatched_rows
from matching.runs.present import Present, read_present, still_holds
from matching.runs.proof_pages import proof_panel
from matching.runs.queries import active_run, proposals_of
from matching.runs.wording import rule_name
from programmes.cohorts.models import Cohort
from wimmentor.base.text import read_id


@dataclass(frozen=True)
class StepLine:
    """`instead`: the mentor whom the mentee had before."""

    step: BoardStep
    sentence: str
    instead: str


class Board:
    def __init__(self, cohort: Cohort, *, reader_id: int | None, chosen: Mapping[str, str]) -> None:
        """`chosen`: open (a proposal), mentee and mentor (to be paired by hand), all as they came."""
        self.cohort, self.reader_id, self.chosen = cohort, reader_id, chosen
        self.run: MatchingRun | None = queries.run_for_board(cohort)
        self.active = active_run(cohort)
        self.present: Present = read_present(cohort)
        self.rules: Sequence[PairRule] = list(queries.rules_of(cohort))
        self.offers: Sequence[Offer] = list(queries.offers_for_board(cohort))
        self.bench = Bench(self.present, self.rules, self.offers)
        proposals = list(proposals_of(self.run)) if self.run else []
        self.rows: list[BoardRow] = make_rows(proposals, self.rules, self.offers, self._number("open"))

    def _number(self, name: str) -> int | None:
        return read_id(str(self.chosen.get(name) or ""))

    @cached_property
    def is_stale(self) -> bool:
        return self.run is not None and not still_holds(self.run, self.present)

    @property
    def needs_run(self) -> bool:
        """There is nothing that should be sent."""
        return self.run is None or self.is_stale or self.run.proof_state != ProofState.PROVEN

    @cached_property
    def proof(self) -> dict[str, Any] | None:
        return proof_panel(self.run, stale=self.is_stale) if self.run else None

    @cached_property
    def last_step(self) -> StepLine | None:
        step = queries.steps_to_undo(self.cohort).first()
        if step is None:
            return None
        left = {row["mentor"] for row in step.before} - {row["mentor"] for row in step.after}
        names = [self.bench.people[pk].name for pk in left if pk in self.bench.people and pk != step.mentor_id]
        return StepLine(step, step_sentence(step, self.reader_id), names[0] if names else "")

    @property
    def rule_rows(self) -> list[tuple[PairRule, str]]:
        """Each with the name of the switchable rule that it breaks."""
        return [(rule, rule_name(rule.breaks_rule) if rule.breaks_rule else "") for rule in self.rules]

    @cached_property
    def opened(self) -> BoardRow | None:
        return next((row for row in self.rows if row.selected), None)

    @cached_property
    def opened_parts(self) -> list[dict[str, Any]]:
        if self.opened is None:
            return []
        proposal = self.opened.proposal
        return part_rows(proposal.parts, [proposal.mentee, proposal.mentor])

    @cached_property
    def alternatives(self) -> list[Any]:
        if self.opened is None:
            return []
        return self.bench.alternatives(self.opened.proposal.mentee_id, {row.pair for row in self.rows})

    @cached_property
    def hand(self) -> Any:
        return self.bench.pair(self._number("mentee"), self._number("mentor"))

    @cached_property
    def hand_form(self) -> HandForm:
        initial = {name: self.chosen.get(name, "") for name in ("mentee", "mentor")}
        return HandForm(people=self.present.people, initial=initial)

    @cached_property
    def unmatched(self) -> list[Any]:
        return unmatched_rows(self.run, self.bench.people) if self.run else []

    @cached_property
    def unmatched_summary(self) -> str:
        totals = (self.run.solution or {})["totals"] if self.run else {}
        spare = totals.get("places", 0) - totals.get("pairs", 0)
        return _("%(count)s of %(mentees)s mentees; %(spare)s mentor places are spare") % {
            "count": len(self.unmatched),
            "mentees": totals.get("mentees", 0),
            "spare": spare,
        }
