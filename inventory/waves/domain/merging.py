"""Two organisations become one in the inventory: what one did goes on under the other's name."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.guards import ANSWER
from inventory.initiatives.models import Initiative, Record
from inventory.initiatives.queries import living_records, open_records, strictness_of, unnamed_organisations
from inventory.waves.domain.responding import STEPS
from inventory.waves.models import Merger, ResponseEntry, WaveResponse
from programmes.access.links import revoke_links
from programmes.audit.domain import record_event
from programmes.organisations.models import Organisation
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError
from wimmentor.base.transitions import change_status

State = WaveResponse.State
STANDING = (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.RETURNED)


@transaction.atomic
def merge_organisations(*, source: Organisation, target: Organisation, by: Actor) -> int:
    """How many initiatives went over. Data packages keep what was published under the old name until they are made
    anew; of the wave that stands the initiatives go to the other organisation's response, and the old one is answered
    there."""
    if source.pk == target.pk:
        raise DomainError(_("Choose two different organisations."), code="same", field="target")
    list(Organisation.objects.select_for_update(no_key=True).filter(pk__in=[source.pk, target.pk]).order_by("pk"))
    moved = list(Initiative.objects.filter(organisation=source).order_by("pk"))
    _refuse_same_names(source, target)
    _refuse_naming(source, target)
    open_records().filter(initiative__in=moved).update(organisation=target)
    Record.objects.filter(initiative__in=moved, is_current=True).update(organisation=target)
    Initiative.objects.filter(pk__in=[initiative.pk for initiative in moved]).update(organisation=target)
    for response in WaveResponse.objects.filter(organisation=source, state__in=STANDING).select_related("wave"):
        _hand_over(response, target)
    revoke_links(purpose=ANSWER, subject_id=source.pk)
    Merger.objects.filter(source=target).delete()  # it lives again
    Merger.objects.update_or_create(source=source, defaults={"target": target})
    record_event(
        "organisation.merged", by=by, subject=source, organisation_id=source.pk, into=target.pk, count=len(moved)
    )
    return len(moved)


def _hand_over(response: WaveResponse, target: Organisation) -> None:
    """What waits at IWiM stays there: only whose it is changes."""
    theirs = WaveResponse.objects.filter(wave=response.wave, organisation=target).first()
    if theirs is None:
        theirs = WaveResponse.objects.create(
            wave=response.wave,
            organisation=target,
            contact_name=response.contact_name,
            contact_email=response.contact_email,
            language=response.language,
        )
    if theirs.state == State.MERGED:
        change_status(theirs, State.DRAFT, table=STEPS, field="state")
    entries = ResponseEntry.objects.filter(response=response)
    if theirs.state != State.DRAFT:  # what is still being written is asked in the next wave
        entries = entries.exclude(record__review__in=[Record.Review.DRAFT, Record.Review.RETURNED])
    if theirs.state in STANDING:
        entries.update(response=theirs)
    change_status(response, State.MERGED, table=STEPS, field="state")


def _refuse_naming(source: Organisation, target: Organisation) -> None:
    """What one told without its name must not become public under the other's."""

    def strictness(organisation: Organisation) -> int:
        said = unnamed_organisations().filter(organisation=organisation).values_list("publishing", flat=True)
        return max(map(strictness_of, said), default=0)

    if strictness(source) > strictness(target):
        values = {"source": source.name, "target": target.name}
        raise DomainError(
            _(
                "%(source)s does not want its name in public, %(target)s gives its name. Ask them, and let one of the"
                " two change its answer first."
            )
            % values,
            code="consent",
        )


def _refuse_same_names(source: Organisation, target: Organisation) -> None:
    def names(organisation: Organisation) -> set[str]:
        found = living_records().filter(organisation=organisation, initiative__isnull=False)
        return set(found.exclude(name_folded="").values_list("name_folded", flat=True))

    if same := names(source) & names(target):
        raise DomainError(
            _("Both have an entry named “%(name)s”. Rename or archive one of them first.") % {"name": min(same)},
            code="same_name",
        )
