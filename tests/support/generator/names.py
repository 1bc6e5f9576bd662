"""Renames of what both worlds have: in the SQL, and as the answers that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from support.generator.world import World


@dataclass(frozen=True)
class Renames:
    """`words` are the new names by the old ones, `moved` names that go into the schema `app`, `answers` what `--rename` takes."""

    words: dict[str, str]
    moved: frozenset[str]
    answers: tuple[str, ...]

    def applied(self, sql: str) -> str:
        """The SQL under the new names; each name is a word that stands for nothing else."""
        for name in sorted(self.moved):
            sql = re.sub(rf"\bpublic\.{name}\b", f"app.{name}", sql)
        if self.words:
            sql = re.sub(rf"\b({'|'.join(map(re.escape, self.words))})\b", lambda found: self.words[found[1]], sql)
        return f"CREATE SCHEMA app;\n{sql}" if self.moved else sql


def rename(before: World, after: World, dice: Random) -> Renames:
    """A few renames of tables, columns, types and sequences that are there before and after; a column may take the place of
    another that goes away, two may change places."""
    tables = sorted(before.tables.keys() & after.tables.keys())
    named = [(name, "table") for name in tables]
    for kind, held in (
        ("enum", "enums"),
        ("domain", "domains"),
        ("composite", "composites"),
        ("sequence", "sequences"),
    ):
        named += [(name, kind) for name in sorted(getattr(before, held).keys() & getattr(after, held).keys())]
    chosen = dice.sample(named, min(len(named), dice.randint(0, 2)))
    words = {name: f"{name}r" for name, _ in chosen if dice.random() < 0.8}
    movable = [name for name, kind in chosen if name not in words or dice.random() < 0.2]
    moved = frozenset(name for name in movable if not (name in before.tables and before.tables[name].partitions))
    answers = [
        f"{kind}:public.{name}:{_address(name, words, moved)}"
        for name, kind in chosen
        if name in words or name in moved
    ]
    for table in dice.sample(tables, min(len(tables), dice.randint(0, 1))):
        shared = sorted(before.tables[table].columns.keys() & after.tables[table].columns.keys())
        picked = dice.sample(shared, min(len(shared), 2))
        swap = len(picked) == 2 and dice.random() < 0.3
        fresh = {picked[0]: picked[1], picked[1]: picked[0]} if swap else {name: f"{name}r" for name in picked}
        words |= fresh
        place = _address(table, words, moved)
        answers += [f"column:public.{table}.{old}:{place}.{new}" for old, new in fresh.items()]
    return Renames(words, moved, tuple(answers))


def _address(name: str, words: dict[str, str], moved: frozenset[str]) -> str:
    return f"{'app' if name in moved else 'public'}.{words.get(name, name)}"


def turned(answers: tuple[str, ...]) -> tuple[str, ...]:
    """The answers for the way back."""
    return tuple(":".join([kind, new, old]) for kind, old, new in (answer.split(":") for answer in answers))
