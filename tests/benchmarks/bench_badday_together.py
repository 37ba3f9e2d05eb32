"""Two coordinators in the same moment: on one pair, on the last place of a mentor, on sending, on a decision.

python -m tests.benchmarks.bench_badday_together --rounds 200
python -m tests.benchmarks.bench_badday_together --only decisions
"""

import random
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from itertools import groupby

from tests.badday.people import Fields, Page, Person, at_once
from tests.badday.stage import BadDay
from tests.benchmarks.badday import count_in_logs, open_day, say, say_counts, say_times

Act = Callable[[Person], Page]
WON, LOST = 302, 409


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--only", choices=RACES)
    options = parser.parse_args()
    rounds = options.rounds
    people = [rounds, rounds, 1]
    matched = {"pairs": people, "offers": people, "last": [rounds * 5 // 2, rounds * 5 // 4, 2], "publish": people}
    names = [options.only] if options.only else list(RACES)
    wishes = {
        "matched": {name: size for name, size in matched.items() if name in names},
        "filled": {"decisions": [rounds, 1]},
    }
    with open_day(wishes) as day:
        for name in names:
            RACES[name](day, rounds)
        say(f"'database is locked' in the logs: {count_in_logs(day, 'database is locked')}")


class Two:
    """Rosa and Ines, each with a page open; what became of their races."""

    def __init__(self, day: BadDay, name: str) -> None:
        self.day = day
        self.name = name
        self.people = [day.coordinator(who).copies(1, follow=False)[0] for who in ("rosa", "ines")]
        self.tokens = [self._token(person) for person in self.people]
        self.ends: Counter[str] = Counter()
        self.wrong = 0
        self.thin = 0
        self.seconds: list[float] = []

    def _token(self, person: Person) -> str:
        path = self.day.cohort("decisions")[1]
        return dict(person.open(f"/o/{path}/matching/").form("csrfmiddlewaretoken").fields)["csrfmiddlewaretoken"]

    def post(self, number: int, address: str, fields: Fields) -> Callable[[], Page]:
        data = [("csrfmiddlewaretoken", self.tokens[number]), *fields]
        return lambda: self.people[number].open(address, data)

    def race(self, first: Callable[[], Page], second: Callable[[], Page]) -> int | None:
        """0 or 1: who won; None where not exactly one did."""
        started = time.monotonic()
        pages = at_once([first, second])
        self.seconds.append(time.monotonic() - started)
        statuses = [page.status for page in pages]
        self.ends[" and ".join(map(str, sorted(statuses)))] += 1
        if sorted(statuses) != [WON, LOST]:
            return None
        lost = pages[statuses.index(LOST)].html
        self.thin += not all(words in lost for words in ("Yours", "What is there now"))
        return statuses.index(WON)

    def tell(self) -> None:
        say_counts(self.name, self.ends)
        say(
            f"  rows that do not say what the winner did: {self.wrong}; loser's page without both versions: {self.thin}"
        )
        say_times("  both answers", self.seconds)


def proposals_of(day: BadDay, cohort: str) -> list[tuple[int, int, int]]:
    return day.rows(  # type: ignore[return-value]
        "SELECT id, mentee_id, mentor_id FROM matching_proposal WHERE run_id = ? ORDER BY mentor_id, id",
        day.seeded["runs"][cohort],
    )


def race_rules(day: BadDay, rounds: int) -> None:
    two, path = Two(day, "lock, forbid, pair by hand on one pair"), day.cohort("pairs")[1]
    pairs, chance = proposals_of(day, "pairs"), random.Random(1)
    for number in range(rounds):
        _pk, mentee, mentor = pairs[number % len(pairs)]
        acts = [
            ("lock", [("mentor", str(mentor)), ("seen", "")], ("lock", mentor)),
            ("forbid", [("mentor", str(mentor)), ("seen", "")], ("forbid", mentor)),
            ("pair", [("mentor", str(mentor)), ("seen_mentor", "0"), ("despite", DESPITE)], ("lock", mentor)),
        ]
        # Locking and pairing by hand do not contradict each other.
        chosen = [acts[1], acts[chance.choice((0, 2))]]
        chance.shuffle(chosen)
        calls = [
            two.post(who, f"/o/{path}/board/{name}/", [("mentee", str(mentee)), *fields])
            for who, (name, fields, _rule) in enumerate(chosen)
        ]
        winner = two.race(*calls)
        rules = day.rows("SELECT kind, mentor_id FROM matching_pairrule WHERE mentee_id = ?", mentee)
        two.wrong += winner is None or rules != [chosen[winner][2]]
    two.tell()


DESPITE = "language employer seniority_gap overlap"


def race_offers(day: BadDay, rounds: int) -> None:
    two, path = Two(day, "withdraw, answer for somebody on one offer"), day.cohort("offers")[1]
    send_all(two, "offers")
    offers = [
        row[0]
        for row in day.rows("SELECT id FROM matching_offer WHERE cohort_id = ? ORDER BY id", day.cohort("offers")[0])
    ]
    chance = random.Random(2)
    for number, offer in zip(range(rounds), offers, strict=False):
        page = f"/o/{path}/offers/{offer}"
        acts = [
            (f"{page}/withdraw/", [("seen", "/")], ("withdrawn", "")),
            (f"{page}/answer/", [("side", "mentee"), ("answer", "yes")], ("sent", "yes")),
            (f"{page}/answer/", [("side", "mentee"), ("answer", "no")], ("declined", "no")),
        ]
        chosen = chance.sample(acts, 2) if number % 4 else [acts[0], acts[0]]
        winner = two.race(*(two.post(who, address, fields) for who, (address, fields, _end) in enumerate(chosen)))
        row = day.rows("SELECT state, mentee_answer FROM matching_offer WHERE id = ?", offer)[0]
        two.wrong += winner is None or row != chosen[winner][2]
    check_places(day, "offers")
    two.tell()


def send_all(two: Two, cohort: str) -> None:
    path = two.day.cohort(cohort)[1]
    person = two.day.coordinator("rosa")
    page = person.press(person.open(f"/o/{path}/board/send/").form("deadline"))
    assert page.status == 200, page.html


def race_last_place(day: BadDay, rounds: int) -> None:
    two = Two(day, "the last place of a mentor")
    day.write(
        "UPDATE programmes_application SET capacity = 1 WHERE cohort_id = ? AND role = 'mentor'", day.cohort("last")[0]
    )
    both = [list(rows) for _mentor, rows in groupby(proposals_of(day, "last"), key=lambda row: row[2])]
    doubles = [rows for rows in both if len(rows) == 2][:rounds]
    sending = Sending(two, "last")
    for first, second in doubles:
        winner = two.race(sending.of(0, first[0]), sending.of(1, second[0]))
        sent = day.rows("SELECT mentee_id FROM matching_offer WHERE mentor_id = ? AND state = 'sent'", first[2])
        two.wrong += winner is None or sent != [((first, second)[winner][1],)]
    check_places(day, "last")
    two.tell()


class Sending:
    """The form that sends offers, with one pair chosen."""

    def __init__(self, two: Two, cohort: str) -> None:
        self.two = two
        self.address = f"/o/{two.day.cohort(cohort)[1]}/board/send/"
        form = two.people[0].open(self.address).form("deadline")
        self.fields = [pair for pair in form.fields if pair[0] not in ("proposals", "csrfmiddlewaretoken")]

    def of(self, who: int, proposal: int) -> Callable[[], Page]:
        return self.two.post(who, self.address, [*self.fields, ("proposals", str(proposal))])


def race_sending(day: BadDay, rounds: int) -> None:
    two = Two(day, "sending the same pair")
    sending = Sending(two, "publish")
    for pk, mentee, _mentor in proposals_of(day, "publish")[:rounds]:
        winner = two.race(sending.of(0, pk), sending.of(1, pk))
        sent = day.rows("SELECT count(*) FROM matching_offer WHERE mentee_id = ? AND state = 'sent'", mentee)
        two.wrong += winner is None or sent != [(1,)]
    check_places(day, "publish")
    two.tell()


def check_places(day: BadDay, cohort: str) -> None:
    pk = day.cohort(cohort)[0]
    over = day.rows(
        "SELECT count(*) FROM programmes_application WHERE cohort_id = ? AND places_taken > capacity",
        pk,
    )[0][0]
    taken = day.rows("SELECT coalesce(sum(places_taken), 0) FROM programmes_application WHERE cohort_id = ?", pk)[0][0]
    live = day.rows("SELECT count(*) FROM matching_offer WHERE cohort_id = ? AND state IN ('sent', 'confirmed')", pk)[
        0
    ][0]
    say(f"  {cohort}: mentors over capacity {over}; places taken {taken}, live offers {live}")


def race_decisions(day: BadDay, rounds: int) -> None:
    two = Two(day, "accept and decline one applicant")
    pk, path = day.cohort("decisions")
    day.write("UPDATE programmes_application SET status = 'submitted' WHERE cohort_id = ?", pk)
    people = [
        row[0]
        for row in day.rows(
            "SELECT id FROM programmes_application WHERE cohort_id = ? AND role = 'mentee' ORDER BY id", pk
        )
    ]
    for person in people[:rounds]:
        ends = ("accepted", "declined")
        winner = two.race(
            *(two.post(who, f"/o/{path}/applications/decide/", letter(person, to)) for who, to in enumerate(ends))
        )
        status = day.rows("SELECT status FROM programmes_application WHERE id = ?", person)[0][0]
        two.wrong += winner is None or status != ends[winner]
    letters = day.rows("SELECT count(*) FROM programmes_outboxemail WHERE cohort_id = ? AND kind LIKE 'decision%'", pk)[
        0
    ][0]
    say(f"  letters: {letters} for {len(people)} decisions")
    two.tell()


def letter(person: int, to: str) -> Fields:
    """The message in every language of the site: only that of this person is read."""
    fields = [("to", to), ("seen", f"{person}:submitted"), ("filters", ""), ("step", "send"), ("send", "letter")]
    for language in ("en", "es", "fr"):
        begin = f"decision_{to}_{language}"
        fields += [(f"{begin}_subject", "About you"), (f"{begin}_body", f"Dear {{first_name}}, {to}: [[link:status]]")]
    return fields


# Also the names of their cohorts.
RACES: dict[str, Callable[[BadDay, int], None]] = {
    "pairs": race_rules,
    "offers": race_offers,
    "last": race_last_place,
    "publish": race_sending,
    "decisions": race_decisions,
}

if __name__ == "__main__":
    main()
