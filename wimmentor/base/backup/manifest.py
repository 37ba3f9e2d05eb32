"""What a backup says about itself: format, versions, counts and digests, sealed with the site's key."""

import hashlib
import hmac
import json
import tomllib
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from wimmentor.base.errors import DomainError

FORMAT = 1
KIND = "wimmentor-backup"
NAME = "manifest.json"


def site_version() -> str:
    file = settings.BASE_DIR / "pyproject.toml"
    return str(tomllib.loads(file.read_text(encoding="utf-8"))["project"]["version"]) if file.exists() else "unknown"


def applied_migrations() -> list[str]:
    loader = MigrationLoader(connection)
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations)


def known_migrations() -> set[str]:
    loader = MigrationLoader(None)
    return {f"{app}.{name}" for app, name in loader.graph.nodes}


def seal(manifest: dict[str, Any], key: str | None = None) -> str:
    """Only this site's own backups are let in, and only as they were made: rows are rights and sign-ins."""
    plain = {name: value for name, value in manifest.items() if name != "seal"}
    text = json.dumps(plain, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(f"backup:{key or settings.SECRET_KEY}".encode(), text.encode(), hashlib.sha256).hexdigest()


def check_manifest(data: bytes) -> dict[str, Any]:
    """The manifest, or a refusal that says what is wrong with the file."""
    try:
        found = json.loads(data)
        is_ours = found["kind"] == KIND and isinstance(found["format"], int)
    except (ValueError, KeyError, TypeError, RecursionError):
        is_ours = False
    if not is_ours:
        raise DomainError(_("This is no backup of Wimmentor."), code="foreign")
    if found["format"] > FORMAT:
        raise DomainError(_("This backup was made by a newer Wimmentor. Update this site first."), code="newer")
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(hmac.compare_digest(seal(found, key), str(found.get("seal"))) for key in keys):
        raise DomainError(
            _(
                "The seal of this backup does not fit: it was changed, or made under another SECRET_KEY. Set "
                "SECRET_KEY to the one of the site that made it: without it, who was erased since would come back."
            ),
            code="seal",
        )
    _check_migrations(found)
    return dict(found)


def _check_migrations(manifest: dict[str, Any]) -> None:
    made_with, here = set(manifest["migrations"]), known_migrations()
    values = {"version": manifest["version"]}
    if unknown := sorted(made_with - here):
        raise DomainError(
            _("This backup was made by a newer Wimmentor (version %(version)s, %(migration)s). Update this site first.")
            % {**values, "migration": unknown[0]},
            code="newer",
        )
    # Migrations that were squashed away need not be in it.
    loader = MigrationLoader(None)
    needed = {f"{app}.{name}" for app, name in loader.graph.nodes if app in loader.migrated_apps}
    if missing := sorted(needed - made_with):
        raise DomainError(
            _(
                "This backup was made by an older Wimmentor (version %(version)s; it lacks %(migration)s). Restore it "
                "with that version, then update."
            )
            % {**values, "migration": missing[0]},
            code="older",
        )
