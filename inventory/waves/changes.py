"""What became of each initiative in a response, as an organisation and IWiM see it."""

from dataclasses import dataclass

from inventory.initiatives.domain.opening import known_answers
from inventory.initiatives.models import Record
from inventory.initiatives.progress import missing_short
from inventory.initiatives.queries import living_sheet, records_of
from inventory.initiatives.questionnaire import Question
from inventory.waves.models import ResponseEntry, WaveResponse

Change = ResponseEntry.Change


@dataclass(frozen=True)
class Standing:
    """`change`: see ResponseEntry; `missing`: questions of the short form that are open."""

    record: Record
    change: str
    missing: list[Question]

    @property
    def is_settled(self) -> bool:
        return self.change != Change.CARRIED and not self.missing

    @property
    def can_be_unchanged(self) -> bool:
        return self.change == Change.CARRIED and not self.missing


def standings_of(response: WaveResponse) -> list[Standing]:
    """One for each initiative of the organisation, looked at or not."""
    confirmed = set(response.entries.filter(change=Change.UNCHANGED).values_list("record", flat=True))
    return [
        Standing(record, _change(record, confirmed), missing_short(record))
        for record in records_of(response.organisation)
        if record.is_open or record.is_current  # what was taken off is asked no more
    ]


def _change(record: Record, confirmed: set[int]) -> str:
    """A record that was carried forward counts its writes from one."""
    if not record.is_open:
        return Change.CARRIED
    if record.carried_from_id is None:
        return Change.NEW
    if record.version > 1:
        return Change.CHANGED
    return Change.UNCHANGED if record.pk in confirmed else Change.CARRIED


def missing_of_sheet(response: WaveResponse) -> list[Question]:
    sheet = living_sheet(response.organisation)
    organisation = response.organisation
    return missing_short(sheet or Record(organisation=organisation, answers=known_answers(organisation)))
