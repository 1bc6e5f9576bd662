"""The order of renames: a name is taken when nothing has it any more, and a circle is opened by a name in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from supabase_tasks.diff.catalog.item import Item, Key, SchemaItem
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.kinds.common.kind import Name, OtherName
from supabase_tasks.diff.plan import known_names
from supabase_tasks.diff.plan.inner_names import INNER_NAMES, keys_of

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

_SUFFIX = "_old"
# PostgreSQL cuts names to this many bytes (NAMEDATALEN - 1).
_LONGEST = 63


class OwnedName(NamedTuple):
    """A name that belongs to the object `owner` and is no object's own: of an identity column's sequence."""

    owner: Key
    other: OtherName


Holder = Key | OwnedName


class RenameStep(NamedTuple):
    """One rename: the object as it is and as it will be; identities for the value of an enum, names for an owned one."""

    kind: str
    old: Any
    new: Any


def in_order(pairs: Sequence[tuple[Holder, Any]], context: Context) -> list[RenameStep]:
    """The pairs of what is renamed and its new key (an owned name's new name) as steps that PostgreSQL accepts one by one.
    What has a name that another object takes, and gets no new one itself, is put aside under another name; the comparison
    then drops it."""
    return _Steps(context).run(pairs)


def operations(steps: Iterable[RenameStep], context: Context) -> list[MigrateOperation]:
    """The operations of the steps. What was put aside first is told of under the name that it had then."""
    found: list[MigrateOperation] = []
    passed: set[Any] = set()
    for step in steps:
        made = list(_operations(step, context))
        if _place_of(step, step.old) in passed:
            for operation in made:
                op.with_hazards(operation, ())
        elif step.kind in KINDS:
            known_names.warn_of(step.kind, step.old, made, context.current)
        passed.add(_place_of(step, step.new))
        found += made
    return found


def put_aside(steps: Iterable[RenameStep], pairs: Sequence[tuple[Holder, Any]]) -> dict[Key, Key]:
    """What is left under a name between, with the name that it had."""
    wanted = {new for _, new in pairs}
    places = [(_place_of(step, step.old), _place_of(step, step.new)) for step in steps if step.kind]
    left = {old for old, _ in places}
    return {new: old for old, new in places if new not in wanted and new not in left}


def _place_of(step: RenameStep, item: Any) -> Any:
    """The key of an object before or after a step, or an owned name."""
    if isinstance(item, OwnedName):
        return item.other.name
    return item.key if isinstance(item, Item) else (step.kind, item) if step.kind else item


def _operations(step: RenameStep, context: Context) -> Iterable[MigrateOperation]:
    if isinstance(step.old, OwnedName):
        sql = f"ALTER {step.old.other.label} RENAME TO {ident(step.new[-1])}"
        return [op.RenameObject(*step.old.owner, sql)]
    if step.kind in INNER_NAMES:
        return INNER_NAMES[step.kind].rename(step.old, step.new)
    return KINDS[step.kind].rename(step.old, step.new, context)


def possible(pairs: Sequence[tuple[Key, Key]], context: Context) -> list[tuple[Key, Key]]:
    """The pairs but for those whose new name is held by what can get no other one: a function of PostgreSQL's own."""
    if not pairs:
        return []
    fixed = {owned.other.name: owned.owner for owned in owned_names(context.current) if not owned.other.label}
    return [
        (old, new)
        for old, new in pairs
        if all(fixed.get(name, old) == old for name in _names(new, context.current.items.get(old)))
    ]


def owned_names(side: Snapshot) -> Iterator[OwnedName]:
    """All that belong to objects of `side`."""
    for key, item in side.items.items():
        for other in KINDS[key[0]].other_names(item):
            yield OwnedName(key, other)


class _Steps:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._items: dict[Key, Any] = dict(context.current.items)
        self._steps: list[RenameStep] = []
        self._taken: dict[Name, Holder] = {}
        for key, item in self._items.items():
            self._taken.update(dict.fromkeys(KINDS[key[0]].names(item), key))
        for kind in INNER_NAMES:
            for key in keys_of(context.current, kind):
                self._take(key)
        for owned in owned_names(context.current):
            self._taken[owned.other.name] = owned
        self._desired = {name for key, item in context.desired.items.items() for name in KINDS[key[0]].names(item)}

    def run(self, pairs: Sequence[tuple[Holder, Any]]) -> list[RenameStep]:
        pending = dict(pairs)
        while pending:
            ready = next((old for old, new in pending.items() if not self._blockers(old, new)), None)
            if ready is not None:
                self._step(ready, pending.pop(ready))
                continue
            # Everything waits: first for what has no other name to go to, else in a circle.
            waited = [blocker for old, new in pending.items() for blocker in self._blockers(old, new)]
            aside = next((holder for holder in waited if holder not in pending), waited[0])
            between = self._free(aside)
            self._step(aside, between)
            if aside in pending:
                moved = self._after(aside, between)
                pending = {moved if old == aside else old: new for old, new in pending.items()}
        return self._steps

    def _blockers(self, old: Holder, new: Any) -> list[Holder]:
        holders = (self._taken.get(name, old) for name in self._names_to_be(old, new))
        return [holder for holder in holders if holder != old]

    def _names_to_be(self, old: Holder, new: Any) -> list[Name]:
        return [new] if isinstance(old, OwnedName) else _names(new, self._items.get(old))

    def _take(self, key: Key) -> None:
        for name in _names(key, self._items.get(key)):
            self._taken[name] = key

    def _step(self, old: Holder, new: Any) -> None:
        for name in [name for name, holder in self._taken.items() if holder == old]:
            del self._taken[name]
        if isinstance(old, OwnedName):
            self._steps.append(RenameStep("", old, new))
            self._taken[new] = self._after(old, new)
        elif old[0] in INNER_NAMES:
            self._steps.append(RenameStep(old[0], old[1], new[1]))
            self._take(new)
        else:
            item = self._items[old]
            wanted = self._context.desired.items.get(new) if new != old else None
            self._steps.append(RenameStep(old[0], item, wanted or replace(item, name=_name(new))))
            self._items[new] = replace(item, **_place(item, new))
            self._take(new)

    @staticmethod
    def _after(holder: Holder, new: Any) -> Holder:
        """What has been renamed, as it is called now."""
        if not isinstance(holder, OwnedName):
            found: Key = new
            return found
        word = holder.other.label.split(" ")[0]
        return OwnedName(holder.owner, OtherName(new, f"{word} {'.'.join(map(ident, new[1:]))}"))

    def _free(self, holder: Holder) -> Any:
        """A key, or name, like the holder's under a name that nothing has."""
        for number in range(1, len(self._taken) + 2):
            suffix = _SUFFIX if number == 1 else f"{_SUFFIX}{number}"
            found: Any = _with_suffix(holder, suffix)
            if not any(name in self._taken or name in self._desired for name in self._names_to_be(holder, found)):
                return found
        raise AssertionError("there are more names than objects")


def _with_suffix(holder: Holder, suffix: str) -> Any:
    if isinstance(holder, OwnedName):
        *space, name = holder.other.name
        return (*space, _shorten(name, suffix))
    place = _name_place(holder)
    name = _shorten(holder[1][place], suffix)
    return (holder[0], (*holder[1][:place], name, *holder[1][place + 1 :]))


def _shorten(name: str, suffix: str) -> str:
    return name.encode()[: _LONGEST - len(suffix)].decode("utf-8", "ignore") + suffix


def _names(key: Key, item: Any) -> list[Name]:
    """What no two objects may have at once, for `item` under `key`."""
    if key[0] in INNER_NAMES:
        return [(key[0], *key[1])]
    return KINDS[key[0]].names(replace(item, **_place(item, key)))


def _name_place(key: Key) -> int:
    in_schema = key[0] in KINDS and issubclass(KINDS[key[0]].item, SchemaItem)
    return 1 if in_schema else len(key[1]) - 1


def _name(key: Key) -> str:
    return key[1][_name_place(key)]


def _place(item: Any, key: Key) -> dict[str, str]:
    """The fields of an item that say where it is, under its new key."""
    found = {"name": _name(key)}
    return {**found, "schema": key[1][0]} if hasattr(item, "schema") and len(key[1]) > 1 else found
