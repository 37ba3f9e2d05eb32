"""How long known and unknown addresses take, 200 of each: `python -m tests.benchmarks.bench_enumeration [asked ...]`.

With DATABASE_URL set: on that database, in a transaction that is taken back.
"""

import os
import statistics
import sys
import time

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.test.utils import setup_test_environment

from programmes.people.models import User
from wimmentor.base.forms import sign_shown

TIMES = int(os.environ.get("TIMES", "200"))
ASKED = {
    "password": ("/account/login/", "login", {"password": "wrong"}),
    "code": ("/account/login/", "login", {}),
    "reset": ("/account/password/reset/", "email", {}),
    "sign-up": ("/account/signup/", "email", {}),
}


def measure(path: str, field: str, email: str, more: dict[str, str]) -> float:
    cache.clear()
    body = {field: email, "shown": sign_shown(60), **more}
    with transaction.atomic():
        client = Client()
        begun = time.process_time()
        client.post(path, body)
        taken = time.process_time() - begun
        transaction.set_rollback(True)
    return taken * 1000


def main() -> None:
    setup_test_environment()
    settings.ACCOUNT_RATE_LIMITS = False
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():
        person = User.objects.create_user("known@example.org", "copper under the hill")
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        for name in sys.argv[1:] or ASKED:
            path, field, more = ASKED[name]
            times: dict[str, list[float]] = {"known": [], "other": []}
            for number in range(TIMES):
                for who in sorted(times, reverse=number % 2 == 0):
                    times[who].append(measure(path, field, f"{who}@example.org", more))
            known, other = (statistics.median(times[who][3:]) for who in ("known", "other"))
            difference = abs(known - other) / max(known, other)
            sys.stdout.write(f"{name}: known {known:.1f} ms, unknown {other:.1f} ms, {difference:.1%} apart\n")
            sys.stdout.flush()
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
