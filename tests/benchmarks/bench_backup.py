"""Backup and restore of a large site: seconds, peak memory of the command, size of the file.

    python -m tests.benchmarks.bench_backup --people 20000 --files 500

On SQLite, or on PostgreSQL where DATABASE_URL names it; restored into a second, empty database of the same kind.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from tests.processes import ROOT, Blank, describe_services, environment, make_blank

SEED = "import sys, django; django.setup(); from tests.benchmarks.bench_backup import seed; seed(int(sys.argv[1]))"
CONSENTS = ("privacy", "conduct", "adult", "shown_to_pair", "contact_email", "contact_phone")
FILE_BYTES = 200_000


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=500)
    options = parser.parse_args()
    say(describe_services())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        blank = make_blank(folder)
        source, target = blank.copy(folder), blank.copy(folder)
        try:
            measure(folder, source, target, options.people, options.files)
        finally:
            for made in (source, target, blank):
                made.remove()


def measure(folder: Path, source: Blank, target: Blank, people: int, files: int) -> None:
    full, fresh = (environment(folder / side, made.url) for side, made in (("full", source), ("fresh", target)))
    media = folder / "full" / "media"
    media.mkdir(parents=True)
    for number in range(files):
        (media / f"{number}.csv").write_bytes(os.urandom(FILE_BYTES))
    subprocess.run([sys.executable, "-c", SEED, str(people)], cwd=ROOT, env=full, check=True)
    file = folder / "site.zip"
    say(run(full, "backup", str(file)), "megabytes", round(file.stat().st_size / 1e6, 1))
    say(run(fresh, "restore", str(file)))
    say(run(full, "expire_personal_data", "--dry-run"))


def run(environ: dict[str, str], *arguments: str) -> str:
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environ)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    figures = {
        "command": arguments[0],
        "exit": process.returncode,
        "seconds": round(time.monotonic() - started, 1),
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_megabytes": round(usage.ru_maxrss / 1024),
    }
    return json.dumps(figures)


def seed(people: int) -> None:
    """Runs in a process of the site. Each person: an account, an application, its consents, letters and traces."""
    from programmes.models import Application, ApplicationConsent, AuditEvent, Cohort, OutboxEmail, User  # noqa: PLC0415
    from wimmentor.base import clock  # noqa: PLC0415
    from wimmentor.demonstration.loading import load_demonstration  # noqa: PLC0415

    load_demonstration(seed=1, stage="matching")
    cohort, instant = Cohort.objects.latest("pk"), clock.now()

    def make(model: Any, rows: Any) -> Any:
        return model.objects.bulk_create(rows, batch_size=500)

    numbers = range(people)
    users = make(User, (User(email=f"person{n}@example.com", name=f"Person {n}", password="!") for n in numbers))
    words = "What I want is to lead a team one day, and to learn how others did it. " * 4
    applications = [
        Application(
            cohort=cohort,
            role="mentee" if n % 3 else "mentor",
            status="accepted",
            user=users[n],
            email=users[n].email,
            email_confirmed_at=instant,
            submitted_at=instant,
            first_name=f"Person {n}",
            last_name=f"Family {n * 7919 % people}",
            goals_words=f"{n} {words}",
            answers={"why_apply": f"{words}{n}", "challenge": f"{n * 31} {words}"},
            languages=("es", "en"),
        )
        for n in numbers
    ]
    made = make(Application, applications)
    make(
        ApplicationConsent,
        (
            ApplicationConsent(application=one, purpose=purpose, version="1", granted=True, at=instant)
            for one in made
            for purpose in CONSENTS
        ),
    )
    letters = (
        OutboxEmail(event_key=f"bench:{n}:{k}", recipient=users[n].email, kind="x", subject="Hello", body=words,
                    state="sent", sent_at=instant, cohort_id=cohort.pk)
        for n in numbers for k in range(3)
    )  # fmt: skip
    make(OutboxEmail, letters)
    make(
        AuditEvent,
        (AuditEvent(actor_kind="user", verb="x", actor=users[n], details={"n": k}) for n in numbers for k in range(3)),
    )


def say(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
