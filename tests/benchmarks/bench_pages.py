"""SQL queries and CPU milliseconds of the pages that grow with a cohort, and the bytes of a first visit.

python -m tests.benchmarks.bench_pages --rows 1 3 50 250
"""

import re
import sys
import tempfile
import time
import urllib.request
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from matching.board.domain import publish_proposals
from programmes.cohorts.domain import register_programme
from programmes.cohorts.models import Cohort
from programmes.organisations.models import Organisation
from programmes.people.models import User
from tests.badday.seed import fill_cohort, match_cohort, path_of
from tests.processes import make_blank, start_site
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.demonstration.organisations import make_member

LINKED = re.compile(rb"""(?:href|src)="([^"#]+\.(?:css|js|svg|ico|png|webp|woff2|webmanifest))(?:#[^"]*)?\"""")
IN_CSS = re.compile(rb"""url\(["']?([^"')#]+)""")


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, nargs="+", default=[1, 3, 50, 250])
    parser.add_argument("--repeat", type=int, default=10, help="requests per page for the CPU figure")
    parser.add_argument("--only", choices=["pages", "bytes"])
    options = parser.parse_args()
    if options.only != "bytes":
        measure_pages(options.rows, options.repeat)
    if options.only != "pages":
        measure_bytes()


def measure_pages(rows: list[int], repeat: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    organisation, rosa = make_ground()
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(rosa)
    say(f"{'page':<18}{'rows':>6}{'SQL':>6}{'CPU ms':>9}{'HTML KB':>9}{'status':>8}")
    for number in rows:
        cohort = make_rows(organisation, rosa, number)
        for name, who, address in addresses(cohort, client):
            queries, milliseconds, size, status = measure(who, address, repeat)
            say(f"{name:<18}{number:>6}{queries:>6}{milliseconds:>9.1f}{size / 1000:>9.1f}{status:>8}")


def make_ground() -> tuple[Organisation, User]:
    organisation = Organisation.objects.create(
        name="Benchmark",
        name_folded="benchmark",
        slug="benchmark",
        contact_email="hello@example.org",
        verified_at=clock.now(),
    )
    return organisation, make_member(organisation, "coordinator", "rosa@example.org", "Rosa Mamani")


def make_rows(organisation: Organisation, rosa: User, number: int) -> Cohort:
    """`number` mentees and as many mentors, matched; every pair has its offer, in a cohort that is matched again."""
    by = Actor.of(rosa)
    programme = register_programme(
        organisation=organisation, by=by, name=f"Rows {number}", languages=("es",), countries=("CL",)
    )
    cohort = fill_cohort(programme, "Rows", number, number)
    run = match_cohort(cohort)
    publish_proposals(
        cohort=cohort,
        run=run,
        proposals=list(run.proposals.select_related("mentee", "mentor")),
        deadline_wall=clock.wall_of(clock.now() + timedelta(days=7), cohort.time_zone),
        by=by,
    )
    now = clock.now()
    Cohort.objects.filter(pk=cohort.pk).update(
        phase=Cohort.Phase.OPEN, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9)
    )
    return Cohort.objects.select_related("programme__organisation").get(pk=cohort.pk)


def addresses(cohort: Cohort, coordinator: Client) -> Iterator[tuple[str, Client, str]]:
    stranger = Client(headers={"accept-encoding": "gzip"})
    inside, outside = f"/o/{path_of(cohort)}", path_of(cohort).rpartition("/")[0]
    yield "applications list", coordinator, f"{inside}/applications/"
    yield "board", coordinator, f"{inside}/board/"
    yield "offers list", coordinator, f"{inside}/offers/"
    yield "programme page", stranger, f"/programmes/{outside}/"
    yield "application form", stranger, f"/apply/{path_of(cohort)}/mentee/"


def measure(client: Client, address: str, repeat: int) -> tuple[int, float, int, int]:
    """Queries, CPU milliseconds per request, bytes as sent (gzip), status."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    queries = len(captured)  # now: the next request empties the log
    started = time.process_time()
    for _request in range(repeat):
        client.get(address)
    return queries, (time.process_time() - started) * 1000 / repeat, len(answer.content), answer.status_code


def measure_bytes() -> None:
    """The application form as the demonstration serves it, fetched as a browser does that was never here."""
    say("")
    with tempfile.TemporaryDirectory() as folder:
        blank = make_blank(make_folder(Path(folder), "blank"))
        try:
            with start_site(blank, make_folder(Path(folder), "site")) as site:
                done = site.manage("demo", "--setup-only", "--json", "--stage", "open")
                address = site.url + form_of(done.stdout)
                fetch_all(address, say)
        finally:
            blank.remove()


def make_folder(parent: Path, name: str) -> Path:
    made = parent / name
    made.mkdir()
    return made


def form_of(document: str) -> str:
    slugs = re.findall(r'"slug": "([^"]+/[^"]+/[^"]+)", "phase": "open"', document)
    return f"/apply/{slugs[0]}/mentee/"


def fetch_all(address: str, tell: Callable[[str], None]) -> None:
    waiting, sizes, said = [address], {}, {}
    while waiting:
        url = waiting.pop(0)
        if url in sizes:
            continue
        sizes[url], plain, said[url] = fetch(url)
        pattern = IN_CSS if url.endswith(".css") else LINKED
        if url == address or url.endswith(".css"):
            waiting += [urljoin(url, name.decode()) for name in pattern.findall(plain) if not name.startswith(b"data:")]
    for url, size in sizes.items():
        tell(f"{size:>8}  {said[url]:<5} {url.removeprefix(address[: address.index('/', 8)])}")
    tell(
        f"first visit of the application form: {len(sizes)} requests, {sum(sizes.values()) / 1000:.1f} KB with headers"
    )


def fetch(url: str) -> tuple[int, bytes, str]:
    """Bytes on the wire with headers, the content as text is, the encoding that was used."""
    packed = read(url, "br, gzip")
    plain = read(url, "identity")
    return packed[0], plain[1], packed[2]


def read(url: str, encoding: str) -> tuple[int, bytes, str]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request, timeout=30) as answer:
        body = answer.read()
        return len(body) + len(str(answer.headers)), body, answer.headers.get("Content-Encoding", "-")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
