from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, When

from inventory.initiatives.models import Inquiry, Record, Statement
from inventory.initiatives.queries import rows_of, with_details
from inventory.initiatives.rows import Bundle
from inventory.waves.models import ResponseEntry, Wave, WaveResponse
from inventory.waves.registry import LeftOut, left_out_of
from programmes.organisations.models import Organisation
from wimmentor.base import clock

State = WaveResponse.State
NOTHING = LeftOut()
WAITING = (State.SUBMITTED, State.IN_REVIEW)


def published_waves() -> QuerySet[Wave]:
    return Wave.objects.filter(state=Wave.State.PUBLISHED).order_by("-opens_at", "-pk")


def open_wave(instant: datetime | None = None) -> Wave | None:
    """The one that takes answers now."""
    now = instant or clock.now()
    found = Wave.objects.filter(state=Wave.State.OPEN, opens_at__lte=now, closes_at__gt=now)
    return found.order_by("-opens_at", "-pk").first()


def standing_wave(organisation: Organisation) -> WaveResponse | None:
    """Where it is asked now: first what IWiM returned, then the wave that takes answers, else the latest."""
    found = organisation.wave_responses.exclude(wave__state=Wave.State.DRAFT).exclude(state=State.MERGED)
    now = clock.now()

    def rank(response: WaveResponse) -> tuple[bool, bool]:
        return response.state == State.RETURNED, response.wave.takes_answers(now)

    return max(found.select_related("wave", "organisation").order_by("-wave__opens_at", "-pk"), key=rank, default=None)


def held_by(response: WaveResponse) -> WaveResponse | None:
    """Another wave for which IWiM still has this organisation's answers."""
    found = WaveResponse.objects.filter(organisation=response.organisation_id).exclude(pk=response.pk)
    held = found.filter(state__in=[State.SUBMITTED, State.IN_REVIEW, State.ACCEPTED])
    return held.select_related("wave").order_by("pk").first()


def responses_of(wave: Wave) -> QuerySet[WaveResponse]:
    return wave.responses.select_related("organisation", "reviewer", "sheet", "wave")


def responses_to_read(wave: Wave) -> QuerySet[WaveResponse]:
    """Who waits longest comes first."""
    found = responses_of(wave).exclude(state__in=[State.DRAFT, State.MERGED])
    entries = ResponseEntry.objects.select_related("record").prefetch_related("record__editions")
    order = Case(When(state__in=WAITING, then=0), default=1)
    return found.prefetch_related(Prefetch("entries", entries)).order_by(order, "submitted_at", "pk")


def not_answered(wave: Wave) -> QuerySet[WaveResponse]:
    found = responses_of(wave).filter(state=State.DRAFT)
    return with_letters(found).order_by(F("started_at").asc(nulls_last=True), "organisation__name_folded", "pk")


def with_letters(responses: QuerySet[WaveResponse]) -> QuerySet[Any]:
    """With `letter_count` and `last_letter`; `last_here` is the last to the address that is asked now: whoever is asked
    instead has not been written to."""
    here = Q(letters__email__recipient=F("contact_email"))
    return responses.annotate(
        letter_count=Count("letters"), last_letter=Max("letters__at"), last_here=Max("letters__at", filter=here)
    )


def next_letter_from(response: Any) -> datetime | None:
    """When one `with_letters` may be written to again; None: at once."""
    return response.last_here + timedelta(days=response.wave.letter_days) if response.last_here else None


def records_in(response: WaveResponse) -> QuerySet[Record]:
    """Of its initiatives, with open questions."""
    found = with_details(Record.objects.filter(wave_entries__response=response)).prefetch_related(
        Prefetch("inquiries", Inquiry.objects.order_by("pk"))
    )
    return found.order_by("name_folded", "pk")


def without_responses(records: QuerySet[Record]) -> QuerySet[Record]:
    """Those that IWiM reads as part of a response are decided about there."""
    standing = [State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.ACCEPTED]
    held = ResponseEntry.objects.filter(response__state__in=standing).values("record")
    return records.exclude(pk__in=held)


def rows_of_wave(wave: Wave, codes: Collection[str] = (), *, whole: bool = False) -> Bundle:
    """What a wave told, as far as it is published. `whole`: also what was taken down since."""
    left_out = NOTHING if whole else left_out_of(wave)
    return rows_of_responses(wave.responses.filter(state=State.PUBLISHED), codes, left_out)


def rows_of_responses(
    responses: QuerySet[WaveResponse], codes: Collection[str] = (), left_out: LeftOut = NOTHING
) -> Bundle:
    ids = responses.order_by().values("pk")
    of_wave = Q(wave_entries__response__in=ids) | Q(pk__in=responses.order_by().values("sheet"))
    gone = Q(organisation__in=left_out.organisations)
    records = Record.objects.filter(pk__in=Record.objects.filter(of_wave).values("pk"))
    records = records.exclude(gone | Q(initiative__in=left_out.initiatives) | _taken_off())
    statements = Statement.objects.filter(is_public=True, responses__in=ids).exclude(gone)
    return rows_of(records, statements, codes)


def _taken_off() -> Q:
    """What was taken off the public list, and what had been told about the same before. Sheets are on no list."""
    on_list = Record.objects.filter(initiative=OuterRef("initiative"), is_current=True)
    earlier = Q(~Exists(on_list), review=Record.Review.PUBLISHED)
    return Q(initiative__isnull=False) & (Q(review=Record.Review.ARCHIVED) | earlier)


def published_waves_with(organisation_id: int) -> QuerySet[Wave]:
    """Those in which something is told of it, also by whoever it goes on from."""
    told = Q(organisation=organisation_id) | Q(entries__record__organisation=organisation_id)
    responses = WaveResponse.objects.filter(told | Q(entries__record__initiative__organisation=organisation_id))
    return published_waves().filter(pk__in=responses.order_by().values("wave"))


def organisations_to_ask() -> QuerySet[Organisation]:
    """Verified WIM organisations; of the sector only those that have somebody to answer."""
    wim = Q(type__startswith="wim_") | Q(type="iwim") | Q(memberships__isnull=False)
    found = Organisation.objects.filter(wim, verified_at__isnull=False).exclude(merger__isnull=False)
    return found.distinct().order_by("name_folded", "pk")


def count_states(responses: Iterable[WaveResponse]) -> dict[str, int]:
    """A draft that nobody began is told apart."""
    counts: dict[str, int] = {}
    for response in responses:
        state = "not_begun" if response.state == State.DRAFT and response.started_at is None else response.state
        counts[state] = counts.get(state, 0) + 1
    return counts
