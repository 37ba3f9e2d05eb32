import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.engine import Settings
from matching.engine.validation import MAX_PEOPLE
from matching.management.bench import measure
from matching.management.crowd import make_crowd


class Command(BaseCommand):
    help = "Time the matching engine on an invented cohort: build, solve, verify and price, in processor seconds."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mentees", type=int, required=True)
        parser.add_argument("--mentors", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--dump", type=Path, help="write points, capacity and pairs to this .npz file")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        for side in ("mentees", "mentors"):
            if not 0 <= options[side] <= MAX_PEOPLE:
                raise CommandError(f"--{side} is a whole number from 0 to {MAX_PEOPLE}.")
        people = make_crowd(options["mentees"], options["mentors"], options["seed"])
        measured = measure(*people, Settings(fairness="none"))
        if options["dump"]:
            try:
                measured.dump(options["dump"])
            except OSError as error:
                raise CommandError(f"{options['dump']} cannot be written: {error.strerror}.") from error
        found = measured.as_json()
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        for name, seconds in found["cpu_seconds"].items():
            self.stdout.write(f"{name:7} {seconds:9.4f} s")
        self.stdout.write(f"{found['pairs']} pairs, {found['points']} points, {found['peak_bytes'] // 1_000_000} MB")
