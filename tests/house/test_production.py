"""Production refuses what only demonstrations may use, and says which setting it is."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from wimmentor.env import SettingError, refuse_toys

POSTGRESQL, REDIS = "postgresql://wim@db/wim", "redis://redis:6379/0"
TOYS = [("sqlite:////data/db.sqlite3", REDIS, "DATABASE_URL"), (POSTGRESQL, "memory://localhost", "CELERY_BROKER_URL")]


@pytest.mark.parametrize(("database", "broker", "name"), TOYS)
def test_a_file_or_a_queue_in_memory_is_refused_by_name(database: str, broker: str, name: str) -> None:
    with pytest.raises(SettingError, match=f"^{name} names .*which production refuses"):
        refuse_toys(database_url=database, broker_url=broker)


def test_postgresql_and_redis_are_taken() -> None:
    refuse_toys(database_url=POSTGRESQL, broker_url=REDIS)


def test_a_site_in_production_does_not_start_on_sqlite() -> None:
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("WIM_", "DJANGO_"))},
        "WIM_MODE": "production",
        "SECRET_KEY": "a-key-for-this-test-only",
        "SITE_URL": "https://mentoring.example.org",
        "DATABASE_URL": "sqlite:////nowhere/db.sqlite3",
        "CELERY_BROKER_URL": REDIS,
    }

    started = subprocess.run(
        [sys.executable, "-c", "import wimmentor.settings"],
        env=environ,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode == 1
    assert "SettingError: DATABASE_URL names SQLite, which production refuses" in started.stderr
