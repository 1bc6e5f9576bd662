"""What is left in the database of a migration that failed, statement by statement.

Usually nothing: the CLI runs a file as one transaction. One that it sends in parts (`ledger.delivery`) leaves the parts before
the one that failed, and PostgreSQL leaves an index that could not be built concurrently, marked as invalid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from supabase_tasks.ledger import delivery
from supabase_tasks.ledger.splitting import Major

_BEGINS = re.compile(r"(?:BEGIN|START)\b")
_COMMITS = re.compile(r"(?:COMMIT|END)\b")
_CHAINS = re.compile(r"\bAND\s+CHAIN\b")
_BUILDS = re.compile(r"CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\b")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """The statements of a failed file that are in effect, as `number: first words`, counted from 1; the number of all; and
    whether an index that was being built is left invalid."""

    statements: tuple[str, ...]
    of: int
    invalid_index: bool = False

    def __bool__(self) -> bool:
        return bool(self.statements) or self.invalid_index

    def lines(self, name: str) -> Sequence[str]:
        """What a person has to know about the file `name`."""
        found = []
        if self.statements:
            found = [f"not recorded, but in effect, of the {self.of} statements of {name}:"]
            found += [f"  {one}" for one in self.statements]
        if self.invalid_index:
            found.append(f"the index that {name} was building is left invalid: drop it before the next try")
        return found or [f"nothing of {name} is left"]


def find_left_behind(sql: str, failed: int | None, major: Major = "3") -> LeftBehind:
    """What is left of a file with this text whose statement number `failed` (from 0, as the CLI says `At statement:`)
    failed. None means that the number is unknown: nothing is claimed then of a file that is one transaction, and of any other
    all statements may be left."""
    parts = delivery.parts(sql, major)
    texts = [item.text for part in parts for item in part.statements]
    if failed is None:
        failed = 0 if len(parts) == 1 else len(texts)
    bare = [delivery.without_lead(text, major) for text in texts]
    kept = _kept_one_by_one(bare, failed) if parts[-1].alone else _kept_of_batches(parts, failed)
    shown = tuple(f"{number + 1}: {_short(bare[number])}" for number in kept)
    invalid = failed < len(bare) and _BUILDS.match(bare[failed].upper()) is not None
    return LeftBehind(shown, len(texts), invalid)


def _kept_of_batches(parts: Sequence[delivery.Part], failed: int) -> list[int]:
    ended = [part for part in parts if part.first + max(len(part.statements), 1) <= failed]
    return [number for part in ended for number in range(part.first, part.first + len(part.statements))]


def _kept_one_by_one(bare: Sequence[str], failed: int) -> list[int]:
    kept: list[int] = []
    pending: list[int] | None = None
    for number, text in enumerate(bare[:failed]):
        words = text.upper()
        if _BEGINS.match(words):
            pending = []
        elif delivery.is_control(text, "3"):
            kept += (pending or []) if _COMMITS.match(words) else []
            pending = [] if _CHAINS.search(words) else None
        elif pending is None:
            kept.append(number)
        else:
            pending.append(number)
    return kept


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
