"""Which pair of names an answer means: every way to say each name, looked up once for all answers of a round."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from supabase_tasks.diff.catalog.item import Identity, Key
from supabase_tasks.diff.kinds import is_routine
from supabase_tasks.diff.plan.spoken_names import forms, short_forms

Pair = tuple[Key, Key]
Names = Callable[[Identity], Sequence[Identity]]


class AnswerIndex:
    """The ways to say the old names `before` and the new ones `after`; `names` tells what an object was called in this run,
    its present name first."""

    def __init__(self, before: Collection[Key], after: Collection[Key], names: Names) -> None:
        self._names = names
        self._stays, self._was_there = frozenset(before) & frozenset(after), frozenset(before)
        # A name that has gone, or is new, comes before one that is on both sides.
        self._olds: dict[str, list[tuple[tuple[int, int], Key]]] = {}
        for place, old in enumerate(sorted(before, key=lambda key: (key in after, key))):
            for rank, start in enumerate(self._starts(old)):
                self._olds.setdefault(start, []).append(((place, rank), old))
        self._short_olds: dict[str, list[Key]] = {}
        for old in before:
            for way in dict.fromkeys(short_forms(old)):
                for start in (f"{old[0]}:{way}:", f"{way}:"):
                    self._short_olds.setdefault(start, []).append(old)
        self._news: dict[str, list[tuple[int, Key]]] = {}
        self._short: dict[tuple[Identity, str], list[tuple[int, Key]]] = {}
        for place, new in enumerate(sorted(after, key=lambda key: (key in before, key))):
            for way in dict.fromkeys(form for name in names(new[1]) for form in forms(new, name)):
                self._news.setdefault(way, []).append((place, new))
            for way in dict.fromkeys(short_forms(new)):
                self._short.setdefault((_place(new), way), []).append((place, new))

    def _starts(self, old: Key) -> Iterator[str]:
        """Every way to say the old name, with the colon that ends it."""
        for name in reversed(self._names(old[1])):
            for form in forms(old, name):
                yield f"{old[0]}:{form}:"
                yield f"{form}:"

    def pair(self, text: str) -> Pair | None:
        """The pair that the answer `text` means by the whole old name."""
        found = list(self._meant(text))
        return min(found, key=lambda one: one[0])[1] if found else None

    def short_pairs(self, text: str) -> list[Pair]:
        """The pairs that `text` may mean when its old name leaves out where the object lives, sorted; those by which
        something goes or comes, and stays where it lives, rule out others."""
        found: set[Pair] = set()
        for end in _ends(text):
            for old in self._short_olds.get(text[:end], ()):
                found.update((old, new) for _, new in self._targets(old, text[end:]))
        changing = {pair for pair in found if pair[0] not in self._stays or pair[1] not in self._was_there} or found
        staying = {pair for pair in changing if _place(pair[0]) == _place(pair[1])}
        return sorted(staying or changing)

    def _meant(self, text: str) -> Iterator[tuple[tuple[int, int, int], Pair]]:
        for end in _ends(text):
            for rank, old in self._olds.get(text[:end], ()):
                for place, new in self._targets(old, text[end:]):
                    yield (*rank, place), (old, new)

    def _targets(self, old: Key, name: str) -> Iterator[tuple[int, Key]]:
        for place, new in (*self._news.get(name, ()), *self._short.get((_place(old), name), ())):
            if new != old and is_routine(new[0]) == is_routine(old[0]):
                yield place, new


def _ends(text: str) -> list[int]:
    """Where the old name may end: after each colon."""
    return [at + 1 for at, character in enumerate(text) if character == ":"]


def _place(key: Key) -> Identity:
    """Where an object lives: one that is renamed may be said short only there."""
    return key[1][: 1 if is_routine(key[0]) else len(key[1]) - 1]
