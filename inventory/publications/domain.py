"""The open data of a wave: made with its publication, and less where somebody asks for it."""

import gzip
import hashlib
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.models import Initiative
from inventory.initiatives.rows import Bundle
from inventory.publications.datapackage import About, describe_package
from inventory.publications.making import make_tables
from inventory.publications.models import Package, PackageFile
from inventory.publications.package import ARCHIVE, write_package
from inventory.publications.queries import publisher
from inventory.publications.tables import Tables, tables_as_json
from inventory.waves.models import Wave
from inventory.waves.queries import published_waves_with, rows_of_wave
from programmes.audit.domain import record_event
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError

# Who told what can be read without most of the answers.
SHORTEST = ("B1",)


@transaction.atomic
def publish_package(*, wave: Wave, by: Actor) -> Package:
    """Made anew from what the wave has published by now; what was taken down stays out."""
    package = _lock(wave)
    if wave.state != Wave.State.PUBLISHED:
        raise DomainError(_("Publish the wave first; then its data can be public."), code="not_published")
    return _freeze(package, _make(package), by, "package.published")


def follow_publication(wave: Wave, by: Actor) -> None:
    """The data goes out with the results."""
    publish_package(wave=wave, by=by)


@transaction.atomic
def follow_withdrawal(organisation_id: int, by: Actor) -> None:
    """What an organisation no longer allows leaves the data at once, as it leaves pages."""
    for wave in published_waves_with(organisation_id).filter(package__isnull=False).order_by("pk"):
        package = _lock(wave)
        tables = _make(package)
        if tables_as_json(tables) != package.tables:
            _freeze(package, tables, by, "package.published")


@transaction.atomic
def withdraw_rows(
    *, package: Package, by: Actor, organisation: Organisation | None = None, initiative: Initiative | None = None
) -> Package:
    """Takes down what is told about one of them, now and whenever the package is made anew. With an organisation go
    its initiatives, whoever goes on with them later."""
    package = _lock(package.wave)
    asked = _ask(package.wave, organisation, initiative)
    package.taken_down = {name: sorted({*package.taken_down.get(name, ()), *keys}) for name, keys in asked.items()}
    package.save(update_fields=["taken_down"])
    return _freeze(package, _make(package), by, "package.withdrawn", **asked)


def _ask(wave: Wave, organisation: Organisation | None, initiative: Initiative | None) -> dict[str, list[int]]:
    """Ids of what is to go."""
    rows = rows_of_wave(wave, SHORTEST)
    owners = [row.id for row in rows.organisations if organisation is not None and row.id == organisation.pk]
    codes = [
        row.code
        for row in rows.initiatives
        if row.organisation.id in owners or (initiative is not None and row.code == initiative.code)
    ]
    if not owners and not codes:
        raise DomainError(_("Nothing about it is in this package."), code="not_in_package")
    return {
        "organisations": owners,
        "initiatives": list(Initiative.objects.filter(code__in=codes).values_list("pk", flat=True)),
    }


def _lock(wave: Wave) -> Package:
    """Whoever publishes at the same time waits here."""
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    return Package.objects.filter(wave=wave).first() or Package(wave=wave, version=0)


def _make(package: Package) -> Tables:
    return make_tables(rows_of_wave(package.wave), _count_taken_down(package))


def _count_taken_down(package: Package) -> dict[str, int]:
    """Of what would stand in its tables."""
    if not package.taken_down:
        return {}
    whole, left = (_count_named(rows_of_wave(package.wave, SHORTEST, whole=each)) for each in (True, False))
    return {name: number - left[name] for name, number in whole.items()}


def _count_named(rows: Bundle) -> dict[str, int]:
    return {
        "organisations": sum(row.named for row in rows.organisations),
        "initiatives": sum(row.organisation.named for row in rows.initiatives),
        "statements": sum(row.organisation.named for row in rows.statements),
    }


def _freeze(package: Package, tables: Tables, by: Actor, verb: str, **details: Any) -> Package:
    package.version += 1
    package.made_at = clock.now()
    package.made_by_id = by.user_id
    descriptor = describe_package(tables, _about(package))
    package.keep(tables_as_json(tables), descriptor)
    package.save()
    package.files.all().delete()
    files = write_package(descriptor, tables)
    PackageFile.objects.bulk_create(_keep_file(package, name, data) for name, data in files.items())
    record_event(verb, by=by, subject=package, version=package.version, **details)
    return package


def _keep_file(package: Package, name: str, data: bytes) -> PackageFile:
    """Compressed without a moment, so that the same bytes stay the same."""
    compress = name != ARCHIVE
    return PackageFile(
        package=package,
        name=name,
        content=gzip.compress(data, mtime=0) if compress else data,
        is_compressed=compress,
        digest=hashlib.sha256(data).hexdigest(),
    )


def _about(package: Package) -> About:
    wave = package.wave
    name, address = publisher()
    return About(
        wave=wave.code,
        title=f"The Alliance's inventory: {wave.name}",
        version=package.version,
        made_at=package.made_at,
        questionnaire=wave.questionnaire,
        publisher=name,
        take_down=address,
        address=settings.SITE_URL + reverse("data-package", args=[wave.code]),
    )
