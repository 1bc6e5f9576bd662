"""Tables that belong together, in groups whose source is short enough to be read as one module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Identity = tuple[str, str]


def cluster(
    tables: Sequence[Identity],
    words: Mapping[Identity, Sequence[str]],
    references: Mapping[Identity, Iterable[Identity]],
    lines: Mapping[Identity, int],
    longest: int,
) -> list[list[Identity]]:
    """Groups of at most `longest` lines, the longest group first: those are joined that refer to each other and share words
    most, then what is left. A table that is longer is alone."""

    def length(group: Sequence[Identity]) -> int:
        return sum(lines.get(table, 0) for table in group)

    if length(tables) <= longest:
        return [list(tables)]
    groups = [[table] for table in tables]
    ties = {(one, other): _tie(one, other, words, references) for one in tables for other in tables if one != other}
    while True:
        pairs = [
            (
                -sum(ties[one, other] for one in first for other in second) / (len(first) * len(second)),
                length(first) + length(second),
                number,
                place,
            )
            for number, first in enumerate(groups)
            for place, second in enumerate(groups[:number])
            if length(first) + length(second) <= longest
        ]
        if not pairs:
            return sorted(groups, key=length, reverse=True)
        _, _, number, place = min(pairs)
        groups[place] += groups.pop(number)


def _tie(
    one: Identity,
    other: Identity,
    words: Mapping[Identity, Sequence[str]],
    references: Mapping[Identity, Iterable[Identity]],
) -> int:
    refers = (other in set(references.get(one, ()))) + (one in set(references.get(other, ())))
    return 2 * refers + len(set(words[one]) & set(words[other]))
