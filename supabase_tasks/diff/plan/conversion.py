"""How a column's values become values of a swapped type: by their text, or attribute by attribute where a composite type
has its attributes in another order, or others: its text goes by position."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.stored_types import element
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.errors import impossible
from supabase_tasks.diff.kinds.common import casts
from supabase_tasks.diff.kinds.common.type_changes import over

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.changes import Changes

_ARRAY = """CREATE FUNCTION {name}(old {before}[]) RETURNS {after}[]
    LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
DECLARE
    new {after}[] := '{{}}';
BEGIN
    IF old IS NULL THEN
        RETURN NULL;
    ELSIF array_ndims(old) > 1 THEN
        RAISE EXCEPTION 'an array of % has more than one dimension', '{label}' USING ERRCODE = 'array_subscript_error';
    END IF;
    FOR place IN coalesce(array_lower(old, 1), 1)..coalesce(array_upper(old, 1), 0) LOOP
        new[place] := {expression};
    END LOOP;
    RETURN new;
END
$$"""


class Conversion:
    """The USING expressions of one swap. `aside` are the names of the old types meanwhile, `free` makes a free name in a
    schema; `created` and `dropped` are statements for the functions that arrays need, `settings` statements
    that make a session read values alike, all known once `using` was asked."""

    def __init__(self, changes: Changes, aside: Mapping[Key, str], free: Callable[[str, str], str]) -> None:
        self._changes, self._aside, self._free = changes, aside, free
        self._stored = changes.current.stored
        self._reshaped = [key for key in aside if self._is_reshaped(key)]
        self._functions: dict[Key, str] = {}
        self.settings: dict[str, None] = {}
        self.created: list[str] = []
        self.dropped: list[str] = []

    def using(self, name: str, type_name: str) -> str:
        """The expression that makes a value of the new type of the column `name`, which is of the old one."""
        if not self._goes_by_position(type_name) and not self._is_other(type_name):
            return f"{name}::text{'[]' if type_name.endswith('[]') else ''}::{type_name}"
        return self._convert(name, type_name)

    def goes_one_by_one(self, cast: str) -> bool:
        """Whether `cast`, of `using`, makes an array of its elements, which it does for arrays of one dimension."""
        return any(f"{name}(" in cast for name in self._functions.values())

    def loses(self, before: str, after: str) -> str:
        """What values lose on the way from one type to the other (the same name: to its new form)."""
        return casts.conversion("value", *self.over(before, after)).loses

    def fails(self, before: str, after: str) -> bool:
        """Whether there may be a value of the one type that has no place in the other."""
        return casts.conversion("value", *self.over(before, after)).fails

    def over(self, before: str, after: str) -> tuple[str, str]:
        """What the types are, or are over, on their sides."""
        kinds = (text.partition(" COLLATE ")[0] for text in (before, after))
        old, new = (
            over(kind, side) for kind, side in zip(kinds, (self._changes.current, self._changes.desired), strict=True)
        )
        return old, new

    def _cast(self, value: str, before: str, after: str) -> str:
        found = casts.conversion(value, before, after)
        self.settings.update(dict.fromkeys(found.settings))
        return found.using or value

    def demand_same_shape(self) -> None:
        """Raises `DiffError` where text does not do."""
        rows = [key for key in self._reshaped if key[0] == "composite"]
        if rows:
            raise impossible(
                dict.fromkeys(rows, "its attributes change places or types inside of a range type's values")
            )

    def demand_readable(self) -> None:
        """Raises `DiffError` where a column that waits as text holds rows with a composite type whose attributes are others
        afterwards: a text goes by position."""
        items = self._changes.current.items
        refused: dict[Key, str] = {}
        for shape in (key for key in self._reshaped if key[0] == "composite" and not self._has_same_names(key)):
            for column, causes in sorted(self._changes.parked.items()):
                held = [items[cause] for cause in causes if cause[0] == "column" and cause in items]
                if any(self._stored.contains(item, shape) for item in held):
                    refused[shape] = f"its attributes change places inside of the rows that {'.'.join(column[1])} holds"
        if refused:
            raise impossible(refused)

    def _has_same_names(self, key: Key) -> bool:
        old: Any = self._changes.current.items[key]
        new: Any = self._changes.desired.items[key]
        return list(old.pairs) == list(new.pairs)

    def read_as_text(self, before: str, after: str) -> None:
        """Note what makes a session write values of the one type, and read them as the other, alike."""
        for pair in ((before, "text"), ("text", after)):
            self.settings.update(dict.fromkeys(casts.conversion("value", *pair).settings))

    def _is_other(self, type_name: str) -> bool:
        before, after = self.over(type_name, type_name)
        return before != after

    def _is_reshaped(self, key: Key) -> bool:
        if key[0] == "domain":
            return self._reads_otherwise(qualified(*key[1]), qualified(*key[1]))
        if key[0] != "composite":
            return False
        old: Any = self._changes.current.items[key]
        new: Any = self._changes.desired.items[key]
        if not self._has_same_names(key):
            return True
        return any(self._reads_otherwise(was, wanted) for _, was, wanted in retyped_attributes(old.pairs, new.pairs))

    def _reads_otherwise(self, before: str, after: str) -> bool:
        """Whether what the new type reads of a value's text is not always what the value means."""
        kinds = self.over(before, after)
        found = casts.conversion("value", *kinds)
        return kinds[0] != kinds[1] and bool(found.using or found.settings)

    def _goes_by_position(self, type_name: str) -> bool:
        key = self._stored.find(type_name)
        if key is None:
            return False
        item = self._changes.current.items[key]
        return any(key == shape or self._stored.contains(item, shape) for shape in self._reshaped)

    def _convert(self, value: str, type_name: str) -> str:
        key = self._stored.find(type_name)
        assert key is not None
        before, after = self.over(type_name, type_name)
        if before != after:
            # A cast to the domain would cut what an assignment refuses.
            return self._cast(f"{value}::{self._old(before)}", before, after)
        if type_name.endswith("[]"):
            return f"{self._function(key)}({value})"
        if key[0] == "domain":
            base = self._changes.current.items[key].held_types[0]
            return f"{self._convert(f'{value}::{self._old(base)}', base)}::{type_name}"
        if key[0] != "composite":
            raise impossible({key: "its values hold a composite type whose attributes change places"})
        return self._row(value, key)

    def _row(self, value: str, key: Key) -> str:
        """A row by the names of its attributes, read by the new type from its text: whatever does not fit fails there,
        where a cast would cut it short."""
        old: Any = self._changes.current.items[key]
        new: Any = self._changes.desired.items[key]
        fields = [
            self._field(f"({value}).{ident(name)}", old.pairs.get(name), kind) for name, kind in new.pairs.items()
        ]
        made = f"ROW({', '.join(fields)})::text::{qualified(*key[1])}"
        # A row of nothing but NULLs is NULL by IS NULL.
        return f"CASE WHEN {value} IS NOT DISTINCT FROM NULL THEN NULL ELSE {made} END"

    def _field(self, value: str, before: str | None, after: str) -> str:
        if before is None:
            return "NULL"
        kind = before.partition(" COLLATE ")[0]
        one, other = self.over(before, after)
        if one != other:
            return self._cast(value, one, other)
        return self._convert(value, kind) if self._goes_by_position(kind) else value

    def _old(self, type_name: str) -> str:
        """The name that the type has while the new ones are there."""
        key = self._stored.find(type_name)
        if key is None or key not in self._aside:
            return type_name
        return qualified(key[1][0], self._aside[key]) + ("[]" if type_name.endswith("[]") else "")

    def _function(self, key: Key) -> str:
        """The function that makes an array of the new type: USING takes no subquery."""
        if key not in self._functions:
            name = qualified(key[1][0], self._free(key[1][0], f"{key[1][1]}__moved"))
            self._functions[key] = name
            after = qualified(*key[1])
            before = self._old(after)
            expression = self._convert("old[place]", element(after))
            text = _ARRAY.format(
                name=name, before=before, after=after, label=after.replace("'", "''"), expression=expression
            )
            self.created.append(text)
            self.dropped.append(f"DROP FUNCTION {name}({before}[])")
        return self._functions[key]


def retyped_attributes(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The attributes that stay and change their type: name, type before, type after."""
    return [(name, before[name], kind) for name, kind in after.items() if before.get(name, kind) != kind]
