"""One example of the soak, judged in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from support.generator import combined_renames
from support.generator.judge import Pair, Verdict, judge, pair

from supabase_tasks import postgres
from supabase_tasks.settings import Settings

BASE = "soak_base"
_servers: list[postgres.Server] = []

Judged = tuple[int, tuple[str, ...], tuple[Verdict, Verdict]]


def connect(settings: Settings) -> None:
    """Find the running server, once for each process."""
    _servers.append(postgres.shadow(settings))


def changed(seed: int) -> Judged:
    """The seed, what its example changes, and the verdicts there and back."""
    return _judged(seed, pair)


def renamed(seed: int) -> Judged:
    """The same for one rename with a few changes of one connected schema."""
    return _judged(seed, combined_renames.pair)


def _judged(seed: int, make: Callable[[Random], Pair]) -> Judged:
    example = make(Random(seed))
    return seed, example.moves, judge(_servers[0], BASE, example)
