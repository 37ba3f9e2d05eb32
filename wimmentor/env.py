"""Settings from the environment, typed. A value that makes no sense stops the start with its name."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

MODES = ("demo", "test", "production")


class SettingError(Exception):
    pass


def text(name: str, default: str | None = None) -> str:
    """NAME, or the content of the file that NAME_FILE names (secrets mounted as files)."""
    file_name = os.environ.get(f"{name}_FILE")
    if file_name:
        return Path(file_name).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        raise SettingError(f"{name} is not set. See the README, section Production.")
    return value


def number(name: str, default: int) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise SettingError(f"{name} must be a whole number, not {value!r}.") from error


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off", ""}:
        return False
    raise SettingError(f"{name} must be 1 or 0, not {value!r}.")


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def mode() -> str:
    value = text("WIM_MODE", "production")
    if value not in MODES:
        raise SettingError(f"WIM_MODE must be one of {', '.join(MODES)}, not {value!r}.")
    return value


def refuse_toys(*, database_url: str, broker_url: str) -> None:
    """Production has other processes and other hosts: a file and a queue in one process's memory lose what they do."""
    if database_url.startswith("sqlite:"):
        raise SettingError(
            "DATABASE_URL names SQLite, which production refuses. Use postgresql://user:password@host/name."
        )
    if broker_url.startswith("memory:"):
        raise SettingError("CELERY_BROKER_URL names memory://, which production refuses. Use redis://host:6379/0.")


def database(url: str) -> dict[str, Any]:
    """A DATABASES entry for postgresql://user:password@host:port/name?option=value or sqlite:////absolute/file."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingError("DATABASE_URL must start with postgresql:// or sqlite:////.")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(path: str) -> dict[str, Any]:
    # A deferred transaction that reads and then writes fails at once with "database is locked", whatever the
    # timeout; IMMEDIATE waits its turn.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path[1:] if path.startswith("//") else path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            # What is erased is overwritten, not only unlinked from the file.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        },
        "TEST": {"NAME": f"{path}.test"},
    }
