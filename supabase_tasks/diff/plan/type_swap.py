"""Types whose place new ones take: set aside under another name, created anew, every column moved over, the old ones dropped.

One mechanism for enums, domains, composite and range types, and for all types that are made of them, in one go: what a
domain, a composite or a range holds cannot be changed, so they are made anew with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, data_loss, may_fail, rewrite
from supabase_tasks.diff.ddl.names import free_name, ident, qualified
from supabase_tasks.diff.kinds import KINDS, is_routine
from supabase_tasks.diff.plan.conversion import Conversion, retyped_attributes
from supabase_tasks.diff.plan.inherited_defaults import InheritedDefaults

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.context import Context
    from supabase_tasks.diff.plan.changes import Changes

_WORDS = {"domain": "DOMAIN"}


def swap_types(leader: Key, changes: Changes, context: Context) -> list[MigrateOperation]:
    """The operations that swap the group of types for which `leader` stands. What names the types or the columns, but for
    their defaults, is away by then."""
    return _Swap(changes.swaps[leader], changes, context).operations()


class _Swap:
    def __init__(self, members: Sequence[Key], changes: Changes, context: Context) -> None:
        self._members, self._changes, self._context = members, changes, context
        self._taken = _taken_names(changes)
        self._aside = {key: self._free(key[1][0], f"{key[1][1]}__old") for key in members}
        self._defaults = InheritedDefaults(changes, self._held_by_members())
        self._columns = self._defaults.columns
        self._conversion = Conversion(changes, self._aside, self._free)

    def operations(self) -> list[MigrateOperation]:
        off = [self._clause(key, "DROP DEFAULT") for key in self._defaults.taken_off()]
        # A range type renamed is in the new one's way still: its constructor functions keep their names, and belong to
        # PostgreSQL, so that no other role may rename them.
        by_text = any(key[0] == "range" for key in self._members)
        return [*off, *(self._by_text() if by_text else self._by_aside())]

    def _default(self, key: Key) -> list[MigrateOperation]:
        text = self._defaults.put_back(key)
        return [self._clause(key, text)] if text else []

    def _by_aside(self) -> list[MigrateOperation]:
        """The old types under other names, the new ones created, the columns from one to the other."""
        self._conversion.demand_readable()
        moves = [move for key in self._columns for move in (*self._move(key), *self._default(key))]
        return [
            *(self._set_aside(key) for key in self._members),
            *(found for key in self._members for found in self._create(key)),
            *(self._helper(text) for text in self._conversion.created),
            *moves,
            *(found for key in self._members for found in self._complete(key)),
            *(self._helper(text) for text in self._conversion.dropped),
            *(self._drop(key, self._aside[key]) for key in self._drop_order()),
        ]

    def _by_text(self) -> list[MigrateOperation]:
        """The columns as text while the old types go and the new ones come."""
        self._conversion.demand_same_shape()
        for old, new in (self._sides(key) for key in self._members if key[0] == "range"):
            if old.subtype != new.subtype:
                self._conversion.read_as_text(*self._conversion.over(old.subtype, new.subtype))
        return [
            *(move for key in self._columns for move in self._through_text(key, back=False)),
            *(self._drop(key, key[1][1]) for key in self._drop_order()),
            *(found for key in self._members for found in self._create(key)),
            *(move for key in self._columns for move in self._through_text(key, back=True)),
            *(found for key in self._members for found in self._complete(key)),
            *(clause for key in self._columns for clause in self._default(key)),
        ]

    def _sides(self, key: Key) -> tuple[Any, Any]:
        return self._changes.current.items[key], self._changes.desired.items[key]

    def _held_by_members(self) -> list[Key]:
        """The columns to move: not those that are created anew, nor those that wait as text."""
        changes = self._changes
        held = {key for member in self._members for key in changes.current.stored.holders(member)}
        return sorted((held & changes.moved) - changes.replaced - changes.parked.keys())

    def _free(self, schema: str, wanted: str) -> str:
        name = free_name(wanted, self._taken.setdefault(schema, set()))
        self._taken[schema].add(name)
        return name

    def _set_aside(self, key: Key) -> MigrateOperation:
        return op.AlterObject(key[0], key[1], f"ALTER TYPE {qualified(*key[1])} RENAME TO {ident(self._aside[key])}")

    def _create(self, key: Key) -> list[MigrateOperation]:
        new: Any = self._changes.desired.items[key]
        if key in self._changes.detached:
            new = replace(new, checks=(), default=None)
        made: list[Any] = list(KINDS[key[0]].create_replacement(new, self._context))
        return [op.AlterObject(key[0], key[1], *one.statements) for one in made]

    def _complete(self, key: Key) -> Sequence[MigrateOperation]:
        if key in self._changes.detached:
            return []
        return KINDS[key[0]].complete_replacement(self._changes.desired.items[key], self._context)

    def _helper(self, text: str) -> MigrateOperation:
        key = self._members[0]
        return op.AlterObject(key[0], key[1], text)

    def _drop_order(self) -> list[Key]:
        return sorted(self._members, key=self._members.index, reverse=True)

    def _drop(self, key: Key, name: str) -> MigrateOperation:
        text = f"DROP {_WORDS.get(key[0], 'TYPE')} {qualified(key[1][0], name)}"
        return op.AlterObject(key[0], key[1], text, hazards=self._losses(key))

    def _losses(self, key: Key) -> list[Hazard]:
        """What values of the type lose, wherever they are stored."""
        stored = self._changes.current.stored
        tables = dict.fromkeys(column[1][:2] for column in stored.columns(key))
        return [data_loss(qualified(*table), text) for table in tables for text in self._told_losses(key)]

    def _told_losses(self, key: Key) -> list[str]:
        name = qualified(*key[1])
        if key[0] == "domain":
            loses = self._conversion.loses(name, name)
            before, after = self._conversion.over(name, name)
            return [f"{name} loses {loses}: {before} becomes {after}"] if loses else []
        old, new = self._sides(key)
        if key[0] == "range":
            loses = self._conversion.loses(old.subtype, new.subtype)
            return [f"{name} loses {loses}: {old.subtype} becomes {new.subtype}"] if loses else []
        if key[0] != "composite":
            return []
        gone = [one for one in old.pairs if one not in new.pairs]
        lossy = [
            f"attribute {one} of {name} loses {loses}: {was} becomes {wanted}"
            for one, was, wanted in retyped_attributes(old.pairs, new.pairs)
            if (loses := self._conversion.loses(was, wanted))
        ]
        return [*(f"attribute {one} of {name} is dropped with its values" for one in gone), *lossy]

    def _move(self, key: Key) -> list[MigrateOperation]:
        column: Any = self._changes.current.items[key]
        if column.inherited:
            return []
        name, relation = ident(column.name), qualified(column.schema, column.table)
        hazards = [rewrite(relation, f"{relation} is rewritten: {name} moves to the new {column.type}")]
        hazards += self._failures(column)
        cast = self._conversion.using(name, column.type)
        if self._conversion.goes_one_by_one(cast):
            told = f"fails when a row of {relation} holds an array of more than one dimension in {name}"
            hazards.append(may_fail(relation, told))
        settings = tuple(self._conversion.settings)
        return [self._clause(key, f"TYPE {column.type} USING {cast}", *hazards, settings=settings)]

    def _failures(self, column: Any) -> list[Hazard]:
        relation, name = qualified(column.schema, column.table), ident(column.name)
        if not self._may_fail(column):
            return []
        return [may_fail(relation, f"fails when a row of {relation} holds a value of {name} that no longer exists")]

    def _may_fail(self, column: Any) -> bool:
        """Whether there can be values that one of the new types does not take: not where values or attributes are only
        moved or added."""
        stored = self._changes.current.stored
        parts = [key for key in self._members if key in stored.parts(column) or stored.contains(column, key)]
        return any(self._is_narrower(key) for key in parts)

    def _is_narrower(self, key: Key) -> bool:
        old, new = self._sides(key)
        if key[0] == "enum":
            return not set(old.values) <= set(new.values)
        if key[0] == "composite":
            return any(
                self._conversion.fails(was, wanted) for _, was, wanted in retyped_attributes(old.pairs, new.pairs)
            )
        if key[0] == "range":
            orders = [(one.opclass, one.collation, one.canonical) for one in (old, new)]
            return orders[0] != orders[1] or self._conversion.fails(old.subtype, new.subtype)
        name = qualified(*key[1])
        demands = [{*one.named_checks.items(), ("NOT NULL", one.not_null)} for one in (old, new)]
        return not demands[1] - {("NOT NULL", False)} <= demands[0] or self._conversion.fails(name, name)

    def _through_text(self, key: Key, *, back: bool) -> list[MigrateOperation]:
        column: Any = self._changes.current.items[key]
        if column.inherited:
            return []
        name, relation = ident(column.name), qualified(column.schema, column.table)
        kind = column.type if back else "text[]" if column.type.endswith("[]") else "text"
        hazards = [rewrite(relation, f"{relation} is rewritten: {name} moves to the new {column.type} by way of text")]
        hazards += self._failures(column) if back else []
        settings = tuple(self._conversion.settings)
        return [self._clause(key, f"TYPE {kind} USING {name}::{kind}", *hazards, settings=settings)]

    def _clause(self, key: Key, text: str, *hazards: Hazard, settings: Sequence[str] = ()) -> MigrateOperation:
        relation = qualified(*key[1][:2])
        clause = f"ALTER COLUMN {ident(key[1][2])} {text}"
        return op.TableClause("column", key[1], relation, clause, hazards=hazards, settings=settings)


def _taken_names(changes: Changes) -> dict[str, set[str]]:
    """The names of relations and types in each schema, before and after."""
    found: dict[str, set[str]] = {}
    for side in (changes.current, changes.desired):
        for kind, identity in side.items:
            if KINDS[kind].namespaces:
                name = identity[1] if is_routine(kind) else identity[-1]
                found.setdefault(identity[0], set()).add(name)
    return found
