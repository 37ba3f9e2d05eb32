"""Who reads: anybody, organisations of the Alliance, or IWiM; and how many people are too few to be told outside it."""

from typing import Literal

from inventory.initiatives.questionnaire import Visibility

Reader = Literal["public", "alliance", "iwim"]
READERS: dict[Reader, tuple[Visibility, ...]] = {
    "public": ("public",),
    "alliance": ("public", "alliance"),
    "iwim": ("public", "alliance", "iwim"),
}
# Outside IWiM figures about fewer are hidden; zero is told.
FEWEST = 5


def may_read(reader: Reader, visibility: Visibility) -> bool:
    return visibility in READERS[reader]


def is_few(number: float) -> bool:
    return 1 <= number < FEWEST
