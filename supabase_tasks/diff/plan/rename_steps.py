"""The order of renames: a name is taken when nothing has it any more, and a circle is opened by a name in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.context import Context

_SUFFIX = "_old"
# PostgreSQL cuts names to this many bytes (NAMEDATALEN - 1).
_LONGEST = 63
_INDEXED = ("p", "u", "x")
_Slot = tuple[str, ...]


class RenameStep(NamedTuple):
    """One rename: the object as it is and as it will be; identities for the value of an enum."""

    kind: str
    old: Any
    new: Any


def in_order(pairs: Sequence[tuple[Key, Key]], context: Context) -> list[RenameStep]:
    """The pairs as steps that PostgreSQL accepts one by one. What has a name that another object takes, and gets no new one
    itself, is put aside under another name; the comparison then drops it."""
    return _Steps(context).run(pairs)


class _Steps:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._items: dict[Key, Any] = dict(context.current.items)
        self._steps: list[RenameStep] = []

    def run(self, pairs: Sequence[tuple[Key, Key]]) -> list[RenameStep]:
        taken: dict[_Slot, Key] = {self._slot(key, key): key for key in (*self._items, *_values(self._context))}
        pending = dict(pairs)
        while pending:
            ready = next((old for old, new in pending.items() if taken.get(self._slot(new, old), old) == old), None)
            if ready is not None:
                self._step(ready, pending.pop(ready), taken)
                continue
            # Everything waits: first for what has no other name to go to, else in a circle.
            waited = [taken[self._slot(new, old)] for old, new in pending.items()]
            aside = next((key for key in waited if key not in pending), waited[0])
            between = self._free(aside, taken)
            self._step(aside, between, taken)
            if aside in pending:
                pending = {between if old == aside else old: new for old, new in pending.items()}
        return self._steps

    def _step(self, old: Key, new: Key, taken: dict[_Slot, Key]) -> None:
        if old[0] == "enum_value":
            self._steps.append(RenameStep(old[0], old[1], new[1]))
        else:
            item = self._items[old]
            wanted = self._context.desired.items.get(new) if _is_final(new, old, self._context) else None
            after = wanted if wanted is not None else replace(item, name=_name(new))
            self._steps.append(RenameStep(old[0], item, after))
            self._items[new] = replace(item, **_place(item, new))
        taken.pop(self._slot(old, old), None)
        taken[self._slot(new, old)] = new

    def _slot(self, key: Key, like: Key) -> _Slot:
        """What no two objects may have at once, for an object of the kind of `like`: kinds of one name space share theirs."""
        if key[0] == "enum_value":
            return (key[0], *key[1])
        namespace = KINDS[key[0]].namespace
        # Of the constraints, those with an index have a relation's name; the others' names are their table's affair.
        if namespace == "relation" and (key[0] != "constraint" or self._items[like].type in _INDEXED):
            return (namespace, key[1][0], key[1][-1])
        return (namespace or key[0], *key[1])

    def _free(self, key: Key, taken: Mapping[_Slot, Key]) -> Key:
        """A key like this one under a name that nothing has."""
        place = _name_place(key)
        for number in range(1, len(taken) + 2):
            suffix = _SUFFIX if number == 1 else f"{_SUFFIX}{number}"
            name = _cut(key[1][place], _LONGEST - len(suffix)) + suffix
            found = (key[0], (*key[1][:place], name, *key[1][place + 1 :]))
            if self._slot(found, key) not in taken and found not in self._context.desired.items:
                return found
        raise AssertionError("there are more names than objects")


def _values(context: Context) -> list[Key]:
    enums: list[Any] = context.current.of("enum")
    return [("enum_value", (*enum.identity, value)) for enum in enums for value in enum.values]


def _is_final(new: Key, old: Key, context: Context) -> bool:
    return new in context.desired.items and new != old


def _name_place(key: Key) -> int:
    return 1 if key[0] != "enum_value" and KINDS[key[0]].namespace == "routine" else len(key[1]) - 1


def _name(key: Key) -> str:
    return key[1][_name_place(key)]


def _place(item: Any, key: Key) -> dict[str, str]:
    """The fields of an item that say where it is, under its new key."""
    found = {"name": _name(key)}
    return {**found, "schema": key[1][0]} if hasattr(item, "schema") and len(key[1]) > 1 else found


def _cut(text: str, length: int) -> str:
    return text.encode()[:length].decode("utf-8", "ignore")
