#!/usr/bin/env python3
"""`demo` and `tests` prepare their own environment first; every other command runs in the one they made."""

import os
import runpy
import sys
from pathlib import Path

BOOTSTRAP = Path(__file__).resolve().parent / "wimmentor" / "bootstrap.py"


def main() -> None:
    # Run as a file, not imported: the package imports Celery, which a bare Python does not have.
    bootstrap = runpy.run_path(str(BOOTSTRAP))
    bootstrap["prepare"](sys.argv)
    sys.argv[:] = bootstrap["rename_settings"](sys.argv)
    if sys.argv[1:2] == ["tests"]:
        import pytest  # noqa: PLC0415 - exists only once the environment is prepared

        sys.exit(pytest.main(sys.argv[2:]))
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - as above

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wimmentor.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
