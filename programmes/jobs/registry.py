"""What a job kind does, and what the dispatcher looks after; filled by higher areas in AppConfig.ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from programmes.jobs.claims import Claim

KINDS: dict[str, Callable[["Claim"], None]] = {}


@dataclass(frozen=True)
class Sweep:
    """`run` is called by every dispatcher round; it claims its own rows, so two dispatchers do no harm."""

    name: str
    run: Callable[[], int]


SWEEPS: dict[str, Sweep] = {}


def register_kind(kind: str, run: Callable[["Claim"], None]) -> None:
    """`run(claim)` does the work and ends with `claim.complete()` inside the transaction that writes the result."""
    KINDS[kind] = run


def register_sweep(name: str, run: Callable[[], int]) -> None:
    SWEEPS[name] = Sweep(name, run)
