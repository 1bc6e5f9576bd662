"""What every kind of object is: how it is read, named, compared, and which operations its changes are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.context import Context
    from supabase_tasks.diff.dependencies import Dependencies

Identity = tuple[str, ...]
Key = tuple[str, Identity]
# A place in pg_depend (catalog, OID, sub-object) as one number: there are a hundred thousand of them, and a tuple of
# three takes four times the memory.
Address = int
Operations = Sequence["MigrateOperation"]
_POOLED = frozenset((str, tuple))


def address(catalog: int, oid: int, part: int) -> Address:
    """The address of a column (`part` is its number, at most 1,600) or, with 0, of a whole object.

    A system column, which a view, check or policy may name, has a negative number.
    """
    return (catalog << 32 | oid) << 16 | part & 0xFFFF


def whole(place: Address) -> Address:
    """The address of the object that a part belongs to."""
    return place & ~0xFFFF


@dataclass(frozen=True, kw_only=True)
class Item:
    """One object as one database has it. Two items of one identity are equal when every compared field is.

    `address` is its place in pg_depend, different in every database and never compared.
    """

    kind: ClassVar[str]
    address: Address = field(compare=False, repr=False)
    # Whether a parent table or partitioned table gave it: then it comes, changes and goes with the parent's.
    inherited: bool = field(default=False, compare=False)

    @property
    def identity(self) -> Identity:
        raise NotImplementedError

    @property
    def key(self) -> Key:
        return (self.kind, self.identity)


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


ItemT = TypeVar("ItemT", bound=Item)


class Kind(Generic[ItemT]):
    """A kind of object: one file of `kinds/` holds one subclass, `kinds/__init__.py` lists them.

    A kind without `query` is made from another kind's rows. The query's first three columns are the address in
    pg_depend, the others are the fields of `item`. It runs with an empty search_path, so deparsed names are qualified.
    """

    item: ClassVar[type[Any]]
    query: ClassVar[str]
    # Where operations go when dependencies leave the choice: see `order.py`. Lower comes first.
    section: ClassVar[int] = 50
    # Whether `clause` can be part of the parent's CREATE statement.
    inline: ClassVar[bool] = False
    # Whether dropping the parent drops it, and whether it needs its parent to exist.
    bound: ClassVar[bool] = True
    # Whether rows are lost when it is dropped, so that a rename must be asked for.
    holds_rows: ClassVar[bool] = False
    # Whether it can be renamed at all.
    renames: ClassVar[bool] = False
    # Whether it says something about another object (a comment, a grant) and has no address of its own.
    satellite: ClassVar[bool] = False
    # How the header counts it; empty: not at all.
    noun: ClassVar[str] = ""

    @property
    def name(self) -> str:
        return str(self.item.kind)

    # `texts` holds whatever a field can hold.
    def read(
        self, names: Sequence[str], arrays: Sequence[int], rows: Iterable[Sequence[Any]], texts: dict[Any, Any]
    ) -> Iterator[ItemT]:
        """The items of the query's rows; `names` are its columns, `arrays` the places of those that are arrays (which
        become tuples). Equal values become one value, that of `texts`: most of them stand in a thousand rows."""
        fields = ("address", *names[3:])
        make, fill, once = object.__new__, object.__setattr__, texts.setdefault
        settle = getattr(self.item, "__post_init__", None)
        for row in rows:
            values = list(row)
            for place in arrays:
                values[place] = tuple(values[place])
            # Many thousand items are made: this takes a third of the time of a frozen __init__, and unlike an update of
            # `__dict__` it leaves them without a dictionary of their own.
            item = make(self.item)
            kept = [once(value, value) if type(value) in _POOLED else value for value in values[3:]]
            for name, value in zip(fields, (address(*row[:3]), *kept), strict=True):
                fill(item, name, value)
            if settle is not None:
                settle(item)
            yield item

    def settle(self, item: ItemT, dependencies: Dependencies) -> ItemT | None:
        """The item once every object's address is known; None when it belongs to nothing that is compared."""
        return item

    def parent(self, item: ItemT) -> Key | None:
        """The object that it lives in: a column's table."""
        return None

    def needs(self, item: ItemT) -> Iterable[Key]:
        """Objects that must exist before it, beyond what pg_depend records."""
        return ()

    def wants(self, item: ItemT) -> str:
        """Text that may name objects which PostgreSQL records no dependency on (a function's body)."""
        return ""

    def label(self, item: ItemT) -> str | None:
        """How COMMENT ON and ALTER … OWNER TO address it: `TABLE public.scenes`; None when they cannot."""
        return None

    def sort_key(self, item: ItemT) -> tuple[Any, ...]:
        """Orders items of one kind where dependencies leave the choice."""
        return item.identity

    def clause(self, item: ItemT) -> str:
        """Its text inside the parent's CREATE statement (only with `inline`)."""
        raise NotImplementedError

    def create(self, new: ItemT, context: Context) -> Operations:
        raise NotImplementedError

    def extras(self, new: ItemT, context: Context) -> Operations:
        """What remains to be done after `clause` was written inside the parent's CREATE statement."""
        return ()

    def drop(self, old: ItemT, context: Context) -> Operations:
        raise NotImplementedError

    def alter(self, old: ItemT, new: ItemT, context: Context) -> Operations:
        """The change in place; only called when `replaces` says no."""
        raise NotImplementedError

    def inherits(self, old: ItemT, new: ItemT, context: Context) -> Operations:
        """The change in place of what a parent gave: only what may differ from the parent's."""
        return ()

    def replaces(self, old: ItemT, new: ItemT, context: Context) -> bool:
        """Whether the change is a drop and a create, because PostgreSQL knows no other way."""
        return False

    def disturbs(self, old: ItemT, new: ItemT, context: Context) -> frozenset[str]:
        """Kinds of dependants that PostgreSQL wants gone while it is altered in place."""
        return frozenset()

    def halfway(self, old: ItemT, new: ItemT, context: Context) -> ItemT | None:
        """What it has to become first, before what it held on to can go and what it will hold on to can come; None
        when one change will do."""
        return None

    def detach(self, old: ItemT, context: Context) -> ItemT | None:
        """What is left of it when it lets go of an object that is replaced; None when it has to be dropped itself."""
        return None

    def rename(self, old: ItemT, new: ItemT, context: Context) -> Operations:
        """Renames (or moves) `old` so that it has the identity of `new`; only with `renames`."""
        raise NotImplementedError

    def likeness(self, old: ItemT, new: ItemT, context: Context) -> float:
        """How much `new` looks like `old` under another name, 0 to 1."""
        return 0.0


Kinds = Mapping[str, Kind[Any]]
