"""How a sequence counts, and how it comes to count otherwise: where it stands is known only where the migration runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.column_item import Column

TOPS = {"smallint": 32767, "integer": 2147483647, "bigint": 9223372036854775807}


@dataclass(frozen=True, slots=True)
class Numbering:
    """What ALTER SEQUENCE and an identity column's SET have words for."""

    increment: int
    minimum: int
    maximum: int
    start: int
    cache: int
    cycle: bool

    @property
    def options(self) -> dict[str, str]:
        """Each option's words by the setting that they are about."""
        values = (self.increment, self.minimum, self.maximum, self.start, self.cache)
        words = ("INCREMENT BY", "MINVALUE", "MAXVALUE", "START WITH", "CACHE")
        found = {word: f"{word} {value}" for word, value in zip(words, values, strict=True)}
        return found | {"CYCLE": "CYCLE" if self.cycle else "NO CYCLE"}


def of_sequence(item: Any) -> Numbering:
    """How a sequence of its own (a `Sequence`) counts."""
    return Numbering(item.increment, item.minimum, item.maximum, item.start, item.cache, item.cycle)


def of_identity(column: Column) -> Numbering:
    """How an identity column counts; options that are the default are not in its text."""
    found = {key: int(value) for key, value in re.findall(r"([A-Z]+(?: BY| WITH)?) (-?\d+)", column.sequence)}
    top = TOPS.get(column.type, TOPS["bigint"])
    minimum, cycle = found.get("MINVALUE", 1), column.sequence.endswith("CYCLE")
    start = found.get("START WITH", 1)
    return Numbering(
        found.get("INCREMENT BY", 1), minimum, found.get("MAXVALUE", top), start, found.get("CACHE", 1), cycle
    )


def retype(numbering: Numbering, old: str, new: str) -> Numbering:
    """The numbering after AS `new`: a bound that was the old type's is then the new one's."""
    before, after = TOPS.get(old, TOPS["bigint"]), TOPS.get(new, TOPS["bigint"])
    maximum = after if numbering.maximum == before else numbering.maximum
    minimum = -after - 1 if numbering.minimum == -before - 1 else numbering.minimum
    return replace(numbering, minimum=minimum, maximum=maximum)


def changed_options(old: Numbering, new: Numbering) -> list[str]:
    """The options that differ, and RESTART where no number of the old bounds is one of the new."""
    found = [text for word, text in new.options.items() if old.options[word] != text]
    return [*found, "RESTART"] if _apart(old, new) else found


def _apart(old: Numbering, new: Numbering) -> bool:
    return new.minimum > old.maximum or new.maximum < old.minimum


def move_statements(old: Numbering, new: Numbering, sequence: str) -> list[str]:
    """Statements that bring the sequence (an SQL name) within narrower bounds, if that is not where it stands.

    Beyond the end that it counts towards, it stays used up: what it gave out is not given out again.
    """
    if _apart(old, new):
        return []
    upwards = new.increment > 0
    found = []
    if new.minimum > old.minimum:
        found.append(_set(sequence, new.minimum, used=not upwards, where=f"last_value < {new.minimum}"))
    if new.maximum < old.maximum:
        found.append(_set(sequence, new.maximum, used=upwards, where=f"last_value > {new.maximum}"))
    return found


def _set(sequence: str, value: int, *, used: bool, where: str) -> str:
    return f"SELECT setval({literal(sequence)}, {value}, {str(used).lower()}) FROM {sequence} WHERE {where}"


def advance_statement(sequence: str, numbering: Numbering, column: str, relation: str) -> str:
    """The statement that makes a sequence (an SQL expression) go on behind the values of a column that it now numbers;
    values before its start are passed over."""
    if numbering.increment > 0:
        return f"SELECT setval({sequence}, max({column})) FROM {relation} HAVING max({column}) >= {numbering.start}"
    return f"SELECT setval({sequence}, min({column})) FROM {relation} HAVING min({column}) <= {numbering.start}"
