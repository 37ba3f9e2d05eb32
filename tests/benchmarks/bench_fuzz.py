"""60 payloads in each field of every form that the site offers: `python -m tests.benchmarks.bench_fuzz [route ...]`.

Builds the demonstration in the test database, posts, takes everything back, and says what answered 5xx or gave a
payload back unescaped. PAYLOADS_EACH=10 takes every sixth.
"""

import os
import statistics
import sys
import time
from typing import Any
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import transaction
from django.test.utils import setup_test_environment

from tests.matrix import world
from tests.matrix.offered import SIGNED, Offered, offered_forms
from tests.matrix.visitors import ROLE_USERS, STRANGERS, taken_back

MARK = "zqfuzzqz"
HTML = (
    *(f"<script>{MARK}</script>", f'"><img src=x onerror={MARK}>', f"'><svg onload={MARK}>", f"</textarea><b>{MARK}"),
    *(
        f"<!--{MARK}",
        f"<a href=javascript:{MARK}>x</a>",
        f"</title><i>{MARK}",
        f"<style>{MARK}</style>",
        f"]]><u>{MARK}",
    ),
)
TEXT = (
    *("' OR 1=1 --", "'; DROP TABLE programmes_user; --", '" OR ""="', "1) UNION SELECT 1,2,3 --", "\\", "\\'", "%27"),
    *(
        "{{7*7}}",
        "{% load x %}",
        "{{ settings.SECRET_KEY }}",
        "${7*7}",
        "#{7*7}",
        "<%= 7*7 %>",
        "{0.__class__}",
        "%(x)s",
    ),
    *(
        "a\x00b",
        "\x00",
        "\u202eabc",
        "\u200b",
        "\ufeff",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    ),
    *("💎" * 50, "e\u0301" * 100, "\ufdfa" * 60, "ß" * 300, "İ" * 300, "x" * 1_000_000, "x" * 10_000, " ", "\t\n"),
    *(
        "a\r\nBcc: b@example.org",
        "a\nb",
        "=cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "../../../etc/passwd",
        "file:///etc/passwd",
    ),
    *("2027-02-30", "0000-00-00", "9999-12-31T23:59", "2027-13-01T99:99", "10000-01-01", "24:00", "1e999", "NaN", "-1"),
    *("9" * 30, "9" * 5000, "-9223372036854775809", "2147483648", "0x10", "1,5", "[]", "{}", "null", "true"),
)
PAYLOADS = (*HTML, *TEXT)[:: 60 // int(os.environ.get("PAYLOADS_EACH", "60"))]
Body = list[tuple[str, str]]


def bodies(form: Offered) -> list[tuple[str, Body]]:
    """One field at a time: each payload; left out; twice; as a list."""
    found = []
    for name in [name for name in form.values if name not in SIGNED]:
        rest = [(key, value) for key, value in form.values.items() if key != name]
        found += [(f"{name}={payload[:20]!r}", [*rest, (name, payload)]) for payload in PAYLOADS]
        found += [(f"{name} missing", rest), (f"{name} twice", [*rest, (name, "a"), (name, "b")])]
        found.append((f"{name}[]", [*rest, (f"{name}[]", "a"), (f"{name}[0]", "b")]))
    return found


def ask(form: Offered, body: Body) -> Any:
    with taken_back(form.client):
        return form.client.post(form.path, urlencode(body), content_type="application/x-www-form-urlencoded")


def fault_of(answer: Any) -> str:
    if answer.status_code >= 500:
        return str(answer.status_code)
    text = answer.content.decode(errors="replace")
    raw = [payload for payload in HTML if payload in text]
    return f"unescaped {raw[0]}" if raw and "html" in answer.get("Content-Type", "") else ""


def main() -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():
        world.build_world()
        people = {"owner": ROLE_USERS["owner"], "mentee": STRANGERS["mentee"], "mentor": STRANGERS["mentor"]}
        people |= {"anonymous": None, "staff": STRANGERS["iwim_reviewer"]}
        forms = offered_forms(world.peru(), people, owner="owner", staff="staff")
        chosen = [form for form in forms if not sys.argv[1:] or form.route in sys.argv[1:]]
        times, faults = [], []
        for form in chosen:
            for name, body in bodies(form):
                begun = time.process_time()
                fault = fault_of(ask(form, body))
                times.append(time.process_time() - begun)
                if fault:
                    faults.append(f"{form.who} {form.route} {form.path} {name}: {fault}")
        transaction.set_rollback(True)
    ordered, faulty = sorted(times), len(faults)
    sys.stdout.write("\n".join([*faults, ""]))
    sys.stdout.write(
        f"{len(chosen)} forms, {len(times)} posts, {faulty} faults; CPU median {statistics.median(ordered):.3f} s, "
        f"p95 {ordered[int(len(ordered) * 0.95)]:.3f} s\n"
    )


if __name__ == "__main__":
    main()
