"""Files that an organisation shares about an initiative.

They belong to the initiative and not to one of its records: adding or removing one opens no record, waits for no
review and goes through none, so that a report can follow at any time. IWiM sees when each was added, and takes away
what should not be there.
"""

import hashlib

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.file_kinds import judge_file, name_of_kind, plain_name
from inventory.initiatives.models import EvidenceFile, Initiative
from inventory.initiatives.registry import tell_changed
from programmes.audit.domain import record_event
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError

MOST_FILES = 5


@transaction.atomic
def add_evidence(*, initiative: Initiative, name: str, content: bytes, by: Actor) -> EvidenceFile:
    kind = judge_file(content, plain_name(name))
    # Who adds at once waits here. Merged meanwhile, it belongs to another organisation.
    initiative = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    called, digest = name_of_kind(name, kind), hashlib.sha256(content).hexdigest()
    _refuse_more(initiative, called, digest)
    file = EvidenceFile.objects.create(
        initiative=initiative,
        name=called,
        media_type=kind.media_type,
        size=len(content),
        digest=digest,
        content=content,
        added_by_id=by.user_id,
    )
    _record("evidence.added", file, by)
    tell_changed(initiative.organisation_id, by)
    return file


@transaction.atomic
def remove_evidence(*, file: EvidenceFile, by: Actor) -> None:
    _delete(file)
    _record("evidence.removed", file, by)
    tell_changed(file.initiative.organisation_id, by)


@transaction.atomic
def take_evidence_away(*, file: EvidenceFile, by: Actor) -> None:
    """By IWiM: no wave takes it for something that the organisation did."""
    _delete(file)
    _record("evidence.taken_away", file, by)


def _refuse_more(initiative: Initiative, called: str, digest: str) -> None:
    files = {file.digest: file for file in initiative.evidence_files.all()}
    if digest in files:
        values = {"name": called, "kept": files[digest].name}
        raise DomainError(_("“%(name)s” is here already, as “%(kept)s”.") % values, code="same_file", field="file")
    if len(files) >= MOST_FILES:
        said = _("“%(name)s” is not added: at most %(most)s files fit here. Remove one first.")
        raise DomainError(said % {"name": called, "most": MOST_FILES}, code="too_many", field="file")


def _delete(file: EvidenceFile) -> None:
    """`file` keeps its id, by which its event names it."""
    if not EvidenceFile.objects.filter(pk=file.pk).delete()[0]:
        raise DomainError(_("Somebody has removed this file meanwhile."), code="file_gone")


def _record(verb: str, file: EvidenceFile, by: Actor) -> None:
    record_event(
        verb,
        by=by,
        subject=file,
        organisation_id=file.initiative.organisation_id,
        initiative=file.initiative_id,
        media_type=file.media_type,
        size=file.size,
    )
