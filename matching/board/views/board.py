from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from matching.board import domain, queries
from matching.board.fit import RuleBroken
from matching.board.forms.board import PairForm, UndoForm
from matching.board.models import BoardStep
from matching.board.pages import Board
from matching.board.wording import step_sentence
from programmes.access.permissions import Permission
from programmes.cohorts.addresses import cohort_page, cohort_url
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import Actor

Pairs = set[tuple[int, int]]


@in_cohort(Permission.MATCHING_VIEW)
def show_board(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    board = Board(cohort, reader_id=request.user.pk, chosen=request.GET.dict())
    return render(request, "matching/board/board.html", cohort_page(cohort, "board", board=board))


@in_cohort(Permission.BOARD_EDIT, methods=("POST",))
def lock(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    return _take_step(request, cohort, domain.lock_pair, "seen", "despite")


@in_cohort(Permission.BOARD_EDIT, methods=("POST",))
def forbid(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    return _take_step(request, cohort, domain.forbid_pair, "seen")


@in_cohort(Permission.BOARD_EDIT, methods=("POST",))
def release(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    return _take_step(request, cohort, domain.release_pair, "seen")


@in_cohort(Permission.BOARD_EDIT, methods=("POST",))
def pair(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    return _take_step(request, cohort, domain.pair_by_hand, "seen_mentor", "despite")


@in_cohort(Permission.BOARD_EDIT, methods=("POST",))
def undo(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    given = _read(UndoForm(request.POST))
    step = domain.undo_step(cohort=cohort, by=Actor.of(request.user), step_id=given["step"])
    said = _("Taken back: %(mentee)s with %(mentor)s.") % _names(step) if step else _("This was taken back already.")
    return _answer(request, cohort, _touched(step), said, given["open"])


def _take_step(
    request: HttpRequest, cohort: Cohort, change: Callable[..., BoardStep | None], *names: str
) -> HttpResponse:
    given = _read(PairForm(request.POST))
    mentee = get_object_or_404(queries.people_in(cohort, "mentee"), pk=given["mentee"])
    mentor = get_object_or_404(queries.people_in(cohort, "mentor"), pk=given["mentor"])
    values = {name: given[name] for name in names}
    try:
        step = change(cohort=cohort, mentee=mentee, mentor=mentor, by=Actor.of(request.user), **values)
    except RuleBroken as error:
        context = cohort_page(cohort, "board", broken=error, despite=" ".join(error.rules), given=given)
        return render(request, "matching/board/despite.html", {**context, "action": request.path}, status=409)
    said = f"{step_sentence(step, request.user.pk)}." if step else _("This is so already.")
    return _answer(request, cohort, _touched(step) | {(mentee.pk, mentor.pk)}, said, given["open"])


def _read(form: PairForm | UndoForm) -> dict[str, Any]:
    """Only a form that nobody was shown is invalid."""
    if not form.is_valid():
        raise Http404
    return form.cleaned_data


def _touched(step: BoardStep | None) -> Pairs:
    if step is None:
        return set()
    rows: list[Mapping[str, Any]] = [*step.before, *step.after]
    return {(step.mentee_id, row["mentor"]) for row in rows} | {(step.mentee_id, step.mentor_id)}


def _names(step: BoardStep) -> dict[str, str]:
    return {"mentee": step.mentee.name, "mentor": step.mentor.name}


def _answer(request: HttpRequest, cohort: Cohort, touched: Pairs, said: str, opened: int | None) -> HttpResponse:
    """With htmx the parts that changed; without it the board again, at the row that was pressed."""
    if request.htmx:  # type: ignore[attr-defined]
        board = Board(cohort, reader_id=request.user.pk, chosen={"open": str(opened or "")})
        context = cohort_page(cohort, "board", board=board, said=said, target=request.htmx.target)  # type: ignore[attr-defined]
        changed = [row for row in board.rows if row.proposal.mentee_id in {mentee for mentee, _mentor in touched}]
        return render(request, "matching/board/_changed.html", {**context, "changed": changed})
    messages.info(request, said)
    run = queries.run_for_board(cohort)
    proposal = queries.proposals_among(run, touched).first()
    place = f"#pair-{proposal.pk}" if proposal else "#rules"
    return redirect(f"{cohort_url('board', cohort)}{f'?open={opened}' if opened else ''}{place}")
