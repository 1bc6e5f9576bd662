"""What an object of a database is: its identity, the object it lives in, how SQL addresses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

Identity = tuple[str, ...]
Key = tuple[str, Identity]
# A place in pg_depend (catalog, OID, sub-object) as one number: there are a hundred thousand of them, and a tuple of
# three takes four times the memory.
Address = int


def address(catalog: int, oid: int, part: int) -> Address:
    """The address of a column (`part` is its number, at most 1,600) or, with 0, of a whole object.

    A system column, which a view, check or policy may name, has a negative number.
    """
    return (catalog << 32 | oid) << 16 | part & 0xFFFF


def whole(place: Address) -> Address:
    """The address of the object that a part belongs to."""
    return place & ~0xFFFF


def catalog_of(place: Address) -> int:
    """The catalog (`pg_class` is 1259) that an address is in."""
    return place >> 48


@dataclass(frozen=True, kw_only=True)
class Item:
    """One object as one database has it. Two items of one identity are equal when every compared field is.

    `address` is its place in pg_depend, different in every database and never compared.
    """

    kind: ClassVar[str]
    # Whether it says something about another object (a comment, a grant) and has no address of its own.
    is_attribute: ClassVar[bool] = False
    # Whether statements lock or rewrite it, which is harmless while it is new.
    is_relation: ClassVar[bool] = False
    # The fields that hold queries, or expressions with queries in them, as PostgreSQL writes them.
    query_fields: ClassVar[tuple[str, ...]] = ()
    address: Address = field(compare=False, repr=False)
    # Whether a parent table or partitioned table gave it: then it comes, changes and goes with the parent's.
    inherited: bool = field(default=False, compare=False)

    @property
    def identity(self) -> Identity:
        raise NotImplementedError

    @property
    def key(self) -> Key:
        return (self.kind, self.identity)

    @property
    def parent(self) -> Key | None:
        """The object that it lives in: a column's table."""
        return None

    @property
    def comes_with_parent(self) -> bool:
        """Whether it comes and goes with a change of its parent (what an identity's sequence grants), and counts as that."""
        return False

    @property
    def can_be_made(self) -> bool:
        """Whether a migration can make it: an index that became invalid is as no statement makes one."""
        return True

    @property
    def label(self) -> str | None:
        """How COMMENT ON and ALTER … OWNER TO address it: `TABLE public.scenes`; None when they cannot."""
        return None

    @property
    def type_names(self) -> tuple[str, ...]:
        """The SQL names by which other objects have it as a type; none when it is no type."""
        return ()

    @property
    def held_types(self) -> tuple[str, ...]:
        """The types of the values that it holds, as format_type() writes them: a column's, a domain's base type."""
        return ()

    def parts(self, children: Sequence[Item]) -> Mapping[str, str]:
        """The types of what its values are made of, by name: a row type's attributes, a range's bounds under no name; none
        of what is no type of that sort. `children` are the objects that live in it."""
        return {}

    @property
    def rows_of(self) -> str:
        """The SQL name of the table whose rows it gives, where it is a function that gives some."""
        return ""

    @property
    def queries(self) -> Mapping[str, str]:
        """The texts of its `query_fields`."""
        return {name: text for name in self.query_fields if (text := getattr(self, name))}

    def with_queries(self, change: Callable[[str], str]) -> Self:
        """The item with what `change` makes of its queries."""
        made: dict[str, Any] = {name: new for name, text in self.queries.items() if (new := change(text)) != text}
        return replace(self, **made) if made else self

    @property
    def grant_label(self) -> str | None:
        """How GRANT addresses it, where that is not its `label`."""
        return self.label

    def resolve(self, addresses: Mapping[Address, Key]) -> Item | None:
        """The item once every object's address is known; None when it belongs to nothing that is compared."""
        return self


@dataclass(frozen=True, kw_only=True)
class SchemaItem(Item):
    """An object that lives in a schema under a name of its own."""

    schema: str
    name: str

    @property
    def identity(self) -> Identity:
        return (self.schema, self.name)


@dataclass(frozen=True, kw_only=True)
class TableItem(Item):
    """An object that lives on a table (or view) under a name of its own."""

    schema: str
    table: str
    name: str

    @property
    def identity(self) -> Identity:
        return (self.schema, self.table, self.name)
