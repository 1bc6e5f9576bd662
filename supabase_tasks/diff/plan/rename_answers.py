"""What the user said about renames: on the command line, and in the models (`renamed_from`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from supabase_tasks.diff.catalog.item import Identity, Key
from supabase_tasks.diff.kinds import is_routine
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.spoken_names import forms, short_forms
from supabase_tasks.errors import DiffError

if TYPE_CHECKING:
    from supabase_tasks.models.summary import ModelSummary

Pair = tuple[Key, Key]


class RenameAnswers:
    """The answers of one run; remembers which of them were used.

    An answer is matched with the names there are, not taken apart: a name may hold dots, colons and quotes.
    """

    def __init__(self, options: PlanOptions, models: ModelSummary | None) -> None:
        for text in options.renames:
            _demand_readable(text)
        self._given = options.renames
        self._used: set[str] = set()
        # Present name by former name, of what lives in a schema and was renamed in this run.
        self._moved: dict[Identity, Identity] = {}
        hints = models.renames if models is not None else ()
        self._hints = [(hint.kind, tuple(hint.old_identity), tuple(hint.identity)) for hint in hints]

    def pairs(self, before: Collection[Key], after: Collection[Key]) -> list[Pair]:
        """The answered renames between the objects of one kind `before` and `after`.

        The old name may be another object's afterwards and the new one another object's before: a chain (a to b, b to c),
        and from the command line a swap. A hint whose old object is not there any more was applied by an earlier
        migration and says nothing.
        """
        found: list[Pair] = []
        said: dict[Pair, str] = {}
        for text in self._given:
            pair = self._pair_for(text, before, after)
            if pair is not None and _is_free(pair, found):
                said[pair] = text
                found.append(pair)
        for kind, old, new in self._hints:
            pair = _hinted_pair((kind, old), (kind, new), before, after)
            if pair is not None and _is_free(pair, found):
                found.append(pair)
        found = list(_without_idle(found, before, after, said))
        self._used |= {said[pair] for pair in found if pair in said}
        self._moved |= {old[1]: new[1] for old, new in found}
        return found

    @property
    def given(self) -> bool:
        """Whether the user gave any."""
        return bool(self._given)

    def is_new(self, key: Key) -> bool:
        """Whether the user said that the object, or what it lives in, is new."""
        for text in self._given:
            for name in (text.removeprefix(":"), text.removeprefix(f"{key[0]}::")):
                if name != text and any(name in forms(key, key[1][:end]) for end in range(1, len(key[1]) + 1)):
                    self._used.add(text)
                    return True
        return False

    def demand_used(self) -> None:
        """Raises `DiffError` for an answer that answers nothing: most likely it is misspelt."""
        unused = [text for text in self._given if text not in self._used and not _says_new(text)]
        if unused:
            raise DiffError(
                f"--rename {unused[0]} does not match any rename",
                cause="the old name must exist only in the migrations and the new name only in the models",
                next_step="write both as schema.name or schema.table.name: --rename public.scenes.title:public.scenes.name",
                code="rename-unmatched",
                data={"renames": unused},
            )

    def _pair_for(self, text: str, before: Collection[Key], after: Collection[Key]) -> Pair | None:
        """The pair that an answer means; a name that has gone, or is new, comes before one that is on both sides."""
        pairs = [
            (old, new)
            for old in sorted(before, key=lambda key: (key in after, key))
            for rest in self._rests(text, old)
            for new in sorted(after, key=lambda key: (key in before, key))
            if new != old and rest in self._ways(old, new)
        ]
        return pairs[0] if pairs else None

    def _rests(self, text: str, old: Key) -> Iterator[str]:
        """What follows `old:` in an answer that names this object."""
        for name in reversed(self._names(old[1])):
            for form in forms(old, name):
                for start in (f"{old[0]}:{form}:", f"{form}:"):
                    if text.startswith(start):
                        yield text[len(start) :]

    def _names(self, identity: Identity) -> list[Identity]:
        """The identity, and those that it had before its table or schema was renamed in this run."""
        former = {present: past for past, present in self._moved.items()}
        found = [identity]
        if len(identity) > 2 and identity[:2] in former:
            found.append((*former[identity[:2]], *identity[2:]))
        found += [(*former[name[:1]], *name[1:]) for name in found if len(name) > 1 and name[:1] in former]
        return found

    def _ways(self, old: Key, new: Key) -> Iterator[str]:
        """Every way to say the new name after the old one: in full, or short where both live in the same place."""
        for name in self._names(new[1]):
            yield from forms(new, name)
        shared = 1 if is_routine(new[0]) else len(new[1]) - 1
        if old[1][:shared] == new[1][:shared]:
            yield from short_forms(new)


def _is_free(pair: Pair, found: Iterable[Pair]) -> bool:
    return all(pair[0] != old and pair[1] != new for old, new in found)


def _hinted_pair(old: Key, new: Key, before: Collection[Key], after: Collection[Key]) -> Pair | None:
    """The pair of a hint; the arguments of a routine may be spelt otherwise than PostgreSQL does."""
    if old in before and new in after:
        return old, new
    if not is_routine(old[0]):
        return None
    olds = [key for key in before if (key[0], key[1][:2]) == (old[0], old[1][:2])]
    news = [key for key in after if (key[0], key[1][:2]) == (new[0], new[1][:2])]
    return (olds[0], news[0]) if len(olds) == len(news) == 1 else None


def _without_idle(
    pairs: list[Pair], before: Collection[Key], after: Collection[Key], said: Collection[Pair]
) -> Iterator[Pair]:
    """The pairs that say something: an old name that goes, a new one that comes, one in a chain of such, or in a circle of
    names that all stay. A circle that the models' hints alone make was made by an earlier migration."""
    following = dict(pairs)
    for old, new in pairs:
        chain, end = {(old, new)}, new
        while end in following and end != old:
            chain.add((end, following[end]))
            end = following[end]
        circle = end == old and any(pair in said for pair in chain)
        if old not in after or new not in before or circle or (end != old and end not in before):
            yield old, new


def _demand_readable(text: str) -> None:
    if ":" not in text or (text.endswith(":") and not text.endswith('":')):
        raise DiffError(
            f"--rename {text} cannot be read",
            next_step="write --rename old:new, for instance --rename public.scenes.title:public.scenes.name",
            code="rename-unreadable",
        )


def _says_new(text: str) -> bool:
    return text.startswith(":") or "::" in text
