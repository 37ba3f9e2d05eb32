"""The settings of the test process: wimmentor.settings, with a state of its own that goes away afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "DATABASE_URL" not in os.environ or "WIM_STATE_DIR" not in os.environ:
    scratch = Path(tempfile.mkdtemp(prefix="wimmentor-tests-"))
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    os.environ.setdefault("WIM_STATE_DIR", str(scratch))
    # A file, never :memory: - threads of one process would share a connection and lock each other out.
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{scratch / 'tests.sqlite3'}")
os.environ.setdefault("WIM_MODE", "test")

from wimmentor.settings import *  # noqa: F403

STATIC_ROOT = STATE_DIR / "static"  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is absent
