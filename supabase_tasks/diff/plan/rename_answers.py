"""What the user said about renames: on the command line, and in the models (`renamed_from`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.kinds import is_routine
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.errors import DiffError

if TYPE_CHECKING:
    from supabase_tasks.models.summary import ModelSummary

Pair = tuple[Key, Key]


class RenameAnswers:
    """The answers of one run; remembers which of them were used."""

    def __init__(self, options: PlanOptions, models: ModelSummary | None) -> None:
        self._given = {text: _parsed(text) for text in options.renames}
        self._used: set[str] = set()
        self._moved: dict[tuple[str, ...], tuple[str, ...]] = {}
        hints = models.renames if models is not None else ()
        self._hints = [(hint.kind, tuple(hint.old_identity), tuple(hint.identity)) for hint in hints]

    def pairs(self, gone: list[Key], new: list[Key]) -> list[Pair]:
        """The answered renames among the objects that are gone and new. A hint whose old object is not there any more
        was applied by an earlier migration and says nothing."""
        found: list[Pair] = []
        for text, (kind, old, fresh) in self._given.items():
            pair = _match(kind, self._now(old), self._now(fresh), gone, new) if old else None
            if pair is not None:
                self._used.add(text)
                found.append(pair)
        for kind, old_identity, identity in self._hints:
            pair = _match(kind, old_identity, identity, gone, new)
            if pair is not None and pair not in found:
                found.append(pair)
        self._moved |= {before[1]: after[1] for before, after in found}
        return found

    def _now(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """A name inside a renamed table may be said with the table's old name or with its new one."""
        return (*self._moved.get(name[:2], name[:2]), *name[2:])

    def is_new(self, key: Key) -> bool:
        """Whether the user said that the object is new."""
        for text, (kind, old, fresh) in self._given.items():
            if not old and kind in ("", key[0]) and fresh == key[1][: len(fresh)]:
                self._used.add(text)
                return True
        return False

    def demand_used(self) -> None:
        """Raises `DiffError` for an answer that answers nothing: most likely it is misspelt."""
        unused = [text for text, (_, old, _) in self._given.items() if text not in self._used and old]
        if unused:
            raise DiffError(
                f"--rename {unused[0]} matches nothing",
                cause="the old name must be in the migrations and not in the models, the new one the other way round",
                next_step="write both as schema.name or schema.table.name: --rename public.scenes.title:public.scenes.name",
                code="rename-unmatched",
                data={"renames": unused},
            )


def _parsed(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    parts = text.split(":")
    if len(parts) not in (2, 3) or not parts[-1]:
        raise DiffError(
            f"--rename {text} cannot be read",
            next_step="write --rename old:new, for instance --rename public.scenes.title:public.scenes.name",
            code="rename-unreadable",
        )
    kind = parts[0] if len(parts) == 3 else ""
    old, new = parts[-2], parts[-1]
    return kind, _dotted(old), _dotted(new)


def _dotted(text: str) -> tuple[str, ...]:
    """`public.f(integer)` is (public, f, integer): the dots of argument types do not count."""
    name, parenthesis, types = text.partition("(")
    parts = tuple(name.split(".")) if name else ()
    return (*parts, types.removesuffix(")")) if parenthesis else parts


def _match(
    kind: str, old: tuple[str, ...], new: tuple[str, ...], gone: list[Key], fresh: list[Key]
) -> tuple[Key, Key] | None:
    for before in gone:
        if kind in ("", before[0]) and _same(old, before):
            for after in fresh:
                if after[0] == before[0] and _same(_completed(before, new), after):
                    return before, after
    return None


def _completed(old: Key, new: tuple[str, ...]) -> tuple[str, ...]:
    """A short new name lives where the old one did."""
    routine = is_routine(old[0])
    length = 2 if routine else len(old[1])
    return (*old[1][: length - len(new)], *new) if len(new) < length else new


def _same(given: tuple[str, ...], key: Key) -> bool:
    if is_routine(key[0]):
        return given[:2] == key[1][:2] and given[2:] in ((), key[1][2:])
    return given == key[1]
