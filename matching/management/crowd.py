"""An invented cohort of any size: the same seed gives the same people.

About half of all pairs are admissible. Countries and employers are as unequal as in life, languages and time zones go
with the country, mentors have more years than mentees and one to three places.
"""

import random
from itertools import accumulate
from typing import Any, Final

from matching.engine import Mentee, Mentor

# country, its language, minutes east of UTC
_COUNTRIES: Final = [
    *[("PE", "es", -300), ("AU", "en", 600), ("CL", "es", -240), ("CA", "en", -300), ("ZA", "en", 120)],
    *[("MX", "es", -360), ("ID", "id", 420), ("BR", "pt", -180), ("US", "en", -420), ("KE", "en", 180)],
    *[("GH", "en", 0), ("NG", "en", 60), ("CD", "fr", 60), ("EC", "es", -300), ("CO", "es", -300)],
    *[("AR", "es", -180), ("BO", "es", -240), ("TZ", "en", 180), ("ZM", "en", 120), ("MN", "mn", 480)],
    *[("GB", "en", 0), ("SE", "en", 60), ("FI", "en", 120), ("FR", "fr", 60), ("DE", "en", 60)],
    *[("SN", "fr", 0), ("ML", "fr", 0), ("BF", "fr", 0), ("CI", "fr", 0), ("GN", "fr", 0)],
    *[("IN", "en", 330), ("PH", "en", 480), ("PG", "en", 600), ("NZ", "en", 720), ("KZ", "kk", 300)],
    *[("ZW", "en", 120), ("NA", "en", 120), ("BW", "en", 120), ("PA", "es", -300), ("GT", "es", -360)],
]
_COUNTRY_SHARES: Final = list(accumulate(1 / (rank + 3) for rank in range(len(_COUNTRIES))))
_EMPLOYER_SHARES: Final = list(accumulate(1 / (rank + 5) for rank in range(300)))
_SECOND: Final = ["en", "en", "en", "es", "fr", "pt"]
_FUNCTIONS: Final = [
    *["exploration", "resource_geology", "mining_eng", "geotech", "operations", "processing", "maintenance", "hse"],
    *["environment", "sustainability", "community", "hr", "finance", "it_automation", "projects", "services"],
]
_GOALS: Final = [
    *["direction", "leadership", "technical", "change", "visibility", "confidence", "negotiating", "managing"],
    *["balance", "returning", "entrepreneurship", "board", "studies"],
]
_INTERESTS: Final = [f"interest {number}" for number in range(12)]
_EVENINGS: Final = [(day, slot) for day in range(7) for slot in ((36, 38, 40) if day < 5 else (18, 24, 32))]


def make_crowd(mentees: int, mentors: int, seed: int = 1) -> tuple[list[Mentee], list[Mentor]]:
    dice = random.Random(seed)
    wanting = [Mentee(id=f"e{number:06}", **_draw(dice, "e", number)) for number in range(mentees)]
    offering = [
        Mentor(id=f"r{number:06}", capacity=dice.choices((1, 2, 3), (6, 3, 1))[0], **_draw(dice, "r", number))
        for number in range(mentors)
    ]
    return wanting, offering


def _draw(dice: random.Random, side: str, number: int) -> dict[str, Any]:
    senior = side == "r"
    country, language, offset = dice.choices(_COUNTRIES, cum_weights=_COUNTRY_SHARES)[0]
    spoken = {language} | ({dice.choice(_SECOND)} if dice.random() < 0.6 else set())
    wish = dice.random()
    return {
        "person_key": f"{side}{number}@example.org",
        "languages": frozenset(spoken),
        "preferred_language": dice.choice(sorted(spoken)) if dice.random() < 0.8 else None,
        "employer": f"employer {dice.choices(range(300), cum_weights=_EMPLOYER_SHARES)[0]}",
        "country": country,
        "utc_offset_min": offset,
        "function": dice.choice(_FUNCTIONS),
        "experience_months": int(min(600, dice.gammavariate(5, 32 if senior else 14))),
        "gender": "female" if dice.random() < 0.85 else "male",
        "goals": frozenset(dice.sample(_GOALS, dice.randint(4, 8) if senior else dice.randint(2, 4))),
        "interests": frozenset(dice.sample(_INTERESTS, dice.randint(1, 3))),
        "availability": frozenset(_draw_week(dice, offset)) if dice.random() < 0.9 else frozenset(),
        "preferred_gender": "female" if wish < 0.25 else None,
        "preferred_gender_strict": wish < 0.05,
        "adult": True,
    }


def _draw_week(dice: random.Random, offset: int) -> set[int]:
    """One to four windows of two hours, as slots of the week in UTC."""
    return {
        (48 * day + slot + half_hour - offset // 30) % 336
        for day, slot in dice.sample(_EVENINGS, dice.randint(1, 4))
        for half_hour in range(4)
    }
