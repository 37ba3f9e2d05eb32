"""A backup into this site: checked whole, then all of it in one transaction, or nothing."""

import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import gettext as _

from wimmentor.base.backup.archive import Backup, damaged, open_backup
from wimmentor.base.backup.files import copy_and_digest, list_media
from wimmentor.base.backup.manifest import applied_migrations, known_migrations
from wimmentor.base.backup.registry import prepare_restore, steps_after_restore, write_note
from wimmentor.base.backup.sequences import go_on_after
from wimmentor.base.backup.swap import Swap, find_left, hold_media, say_why
from wimmentor.base.backup.tables import digest_table, load_lines, stored_models
from wimmentor.base.errors import DomainError

# Not emptied: migrations made them, and a backup does not bring them.
KEPT = {"contenttypes", "auth"}


@dataclass
class Restored:
    made_at: str
    rows: int
    files: int
    seconds: float = 0.0
    # (what was done after it, how often)
    steps: list[tuple[str, int]] = field(default_factory=list)


def restore(*, source: Path, replace: bool = False) -> Restored:
    """`replace`: what is there goes. Without it, only an empty site takes a backup. E-mails that the backup holds as
    waiting are held for a person: they may have gone between backup and restore (see the outbox)."""
    started = time.monotonic()
    with open_backup(source) as backup, hold_media() as held:
        if held is False:
            raise DomainError(_("Another restore is running. Nothing was changed."), code="running")
        _bring_up_tables()
        for swap in find_left():
            swap.settle()
        prepare_restore()
        if not replace:
            _refuse_full()
        restored = _load_with_files(backup)
    restored.seconds = time.monotonic() - started
    return restored


def _bring_up_tables() -> None:
    """Harmless on a site that has them."""
    if not known_migrations() <= set(applied_migrations()):
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def describe_present() -> dict[str, int]:
    """Label: rows of each table that is not empty; "media": files."""
    counts = {model._meta.label_lower: model._base_manager.count() for model in stored_models()}
    counts["media"] = sum(1 for _file in list_media())
    return {label: count for label, count in counts.items() if count}


def _refuse_full() -> None:
    if present := describe_present():
        largest = sorted(present, key=lambda label: -present[label])[:4]
        raise DomainError(
            _("This site is not empty (%(what)s). With --replace all of it goes and the backup takes its place.")
            % {"what": ", ".join(f"{label}: {present[label]}" for label in largest)},
            code="not_empty",
        )


def _load_with_files(backup: Backup) -> Restored:
    """The files change place while the transaction can still be taken back, and go back if it is."""
    swap = Swap.make()
    try:
        for name, facts in backup.manifest["files"].items():
            with backup.open_file(name) as source, swap.open(name) as target:
                if copy_and_digest(source, target) != facts:
                    raise damaged(name)
        with transaction.atomic():
            restored = _load(backup)
            write_note(swap.token)
            swap.put()
    except BaseException as error:
        # A commit whose answer was lost may have come in: then "nothing was changed" would be wrong.
        if swap.settle() or not isinstance(error, DatabaseError | OSError):
            raise
        raise _refuse(error) from error
    with suppress(DomainError):  # it did come in; the sweep goes on clearing away, and says so
        swap.settle()
    return restored


def _refuse(error: DatabaseError | OSError) -> DomainError:
    if isinstance(error, DatabaseError):
        return DomainError(
            _("The database does not take this backup: %s. Nothing was changed.") % say_why(error),
            code="refused_by_database",
        )
    return DomainError(
        _("The files of this backup could not be put in their place: %s. Nothing was changed.") % say_why(error),
        code="refused_by_files",
    )


def _load(backup: Backup) -> Restored:
    _lock_and_empty()
    tables = backup.manifest["tables"]
    for model in stored_models():
        with backup.open_table(model._meta.label_lower) as lines:
            load_lines(model, lines)
        go_on_after(model, tables[model._meta.label_lower]["last_id"])
    _check_constraints()
    for model in stored_models():
        _compare(model, tables[model._meta.label_lower])
    restored = Restored(
        made_at=backup.manifest["at"],
        rows=sum(facts["rows"] for facts in tables.values()),
        files=len(backup.manifest["files"]),
    )
    steps = [(str(step.what), step.run()) for step in steps_after_restore()]
    restored.steps = [(what, count) for what, count in steps if what]
    return restored


def _lock_and_empty() -> None:
    """Also sessions and the cache: nobody stays signed in to what is no more. SQLite's transaction is its lock."""
    found = apps.get_models(include_auto_created=True)
    tables = [model._meta.db_table for model in found if model._meta.app_label not in KEPT and model._meta.managed]
    tables += [str(cache["LOCATION"]) for cache in settings.CACHES.values()]
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=False, allow_cascade=False):
            cursor.execute(statement)


def _check_constraints() -> None:
    connection.check_constraints()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _compare(model: type[models.Model], facts: dict[str, object]) -> None:
    found = digest_table(model)
    if found != {name: facts[name] for name in found}:
        label = model._meta.label_lower
        raise DomainError(_("%s came in otherwise than it was written. Nothing was changed.") % label, code="differs")
