from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.domain import publish_record
from inventory.initiatives.models import Record, Statement
from inventory.waves.domain.responding import STEPS
from inventory.waves.domain.reviewing import records_of_response
from inventory.waves.domain.waves import STEPS as WAVE_STEPS
from inventory.waves.models import Wave, WaveResponse
from inventory.waves.queries import responses_of
from inventory.waves.registry import tell_published
from programmes.audit.domain import record_event
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError
from wimmentor.base.transitions import change_status

State = WaveResponse.State


@transaction.atomic
def publish_wave(*, wave: Wave, by: Actor) -> Wave:
    """All accepted responses. Published once more, it takes up those that were accepted since."""
    accepted = list(responses_of(wave).filter(state=State.ACCEPTED))
    if not accepted:
        raise DomainError(_("No response is accepted yet: there is nothing to publish."), code="nothing_accepted")
    for response in accepted:
        for record in records_of_response(response):
            if record.review == Record.Review.ACCEPTED:
                publish_record(record=record, by=by)
        change_status(response, State.PUBLISHED, table=STEPS, field="state")
    Statement.objects.filter(responses__in=accepted).update(is_public=True)
    if wave.state != Wave.State.PUBLISHED:
        change_status(wave, Wave.State.PUBLISHED, table=WAVE_STEPS, field="state", published_at=clock.now())
    record_event("wave.published", by=by, subject=wave, responses=len(accepted))
    tell_published(wave, by)
    return wave
