"""Which answers an analysis is made of: those of one wave, or all that is public now."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from inventory.analysis.levels import Level, Survey, survey_for
from inventory.initiatives.queries import current_rows
from inventory.initiatives.rows import Bundle
from inventory.waves.models import Wave, WaveResponse
from inventory.waves.queries import published_waves, rows_of_responses, rows_of_wave
from wimmentor.base.text import contains_nul

NOW = "now"
READ = (WaveResponse.State.ACCEPTED, WaveResponse.State.PUBLISHED)


@dataclass(frozen=True)
class Source:
    """`wave` None: what is public now."""

    wave: Wave | None

    @property
    def code(self) -> str:
        return self.wave.code if self.wave else NOW

    @property
    def label(self) -> str:
        return self.wave.name if self.wave else _("What is public now")

    def rows(self, codes: Collection[str] = ()) -> Bundle:
        """`codes`: only these answers, for a look that needs no others. Of a wave that is not published yet, what IWiM
        has accepted so far."""
        if self.wave is None:
            return current_rows(codes)
        if self.wave.state == Wave.State.PUBLISHED:
            return rows_of_wave(self.wave, codes)
        return rows_of_responses(self.wave.responses.filter(state__in=READ), codes)

    def survey(self, level: Level, codes: Collection[str] = ()) -> Survey:
        return survey_for(self.rows(codes), level, is_settled=self.wave is not None)


def waves_for(level: Level) -> QuerySet[Wave]:
    """IWiM looks into a wave before it is published."""
    if level == "iwim":
        return Wave.objects.exclude(state=Wave.State.DRAFT).order_by("-opens_at", "-pk")
    return published_waves()


def source_for(level: Level, code: str = "") -> Source | None:
    """The wave of that code, or the latest published one; None where there is no such wave."""
    if code == NOW:
        return Source(None)
    if contains_nul(code):
        return None
    if code:
        wave = waves_for(level).filter(code=code).first()
        return Source(wave) if wave else None
    return Source(published_waves().first())
