"""How a kind of object changes: how it is read and ordered, and which operations its changes are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar

from supabase_tasks.diff.catalog.item import Identity, Item, Key, address

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.kinds.common.context import Context

Operations = Sequence["MigrateOperation"]
Name = tuple[str, ...]
_POOLED = frozenset((str, tuple))
ItemT = TypeVar("ItemT", bound=Item)


class OtherName(NamedTuple):
    """A name of what belongs to an object; ALTER `label` RENAME TO gives it another one, where there is a label."""

    name: Name
    label: str = ""


class RenameRound(IntEnum):
    """When renames of a kind are looked for: what lives in a renamed object, or names it, is compared under its new
    name, so it comes later."""

    SCHEMAS = 1
    TABLES_AND_TYPES = 2
    PARTS = 3
    VIEWS_AND_ROUTINES = 4
    ON_TABLES = 5


class Kind(Generic[ItemT]):
    """A kind of object. One module of `kinds/` holds the subclass and an instance of it at module level, which is how it
    registers; all that other modules need to know of it is an attribute or a method here.

    The query's first three columns are the address in pg_depend, the others are the fields of `item`. It runs with an
    empty search_path, so deparsed names are qualified.
    """

    item: ClassVar[type[Any]]
    query: ClassVar[str]
    # A catalog, with a condition, that has a row wherever the database has one of the kind: where there is none, the query is not
    # asked. Empty: always asked.
    found_in: ClassVar[str] = ""
    # Its place among all kinds, unique: they are read, and counted in a migration's header, in this order.
    rank: ClassVar[int]
    # Its weight when a migration is named after its changes, lowest first; None when only an only change is named.
    slug_rank: ClassVar[int | None] = None
    # Whether the name of a migration says its word ("create_view_x"), and lists several objects by their names.
    slug_word: ClassVar[bool] = True
    slug_lists: ClassVar[bool] = False
    # Objects of one name space take each other's names: "relation", "type", "routine"; without any it is one of its own.
    namespaces: ClassVar[tuple[str, ...]] = ()
    # When its renames are looked for; empty when it cannot be renamed.
    rename_rounds: ClassVar[tuple[RenameRound, ...]] = ()
    # Its place among the kinds of one round: lower is renamed first, equal ones by rank.
    rename_rank: ClassVar[int] = 0
    # Whether a function's body may name it without PostgreSQL recording that.
    named_in_bodies: ClassVar[bool] = False
    # Whether code outside of the database uses its name.
    named_in_code: ClassVar[bool] = False
    # Whether PostgreSQL itself builds it anew when the type of a column that it names changes.
    rebuilt: ClassVar[bool] = False
    # Dropped by itself, not with its table, where that breaks a cycle: those with 1 are tried first, then 2; 0 never.
    cycle_breaker: ClassVar[int] = 0
    # Where operations go when dependencies leave the choice: see `order.py`. Lower comes first.
    section: ClassVar[int] = 50
    # Whether `clause` can be part of the parent's CREATE statement.
    inline: ClassVar[bool] = False
    # Whether dropping the parent drops it, and whether it needs its parent to exist.
    bound: ClassVar[bool] = True
    # Whether rows are lost when it is dropped, so that a rename must be asked for.
    holds_rows: ClassVar[bool] = False
    # Whether its drop has to be accepted (`--allow data-loss`).
    drop_is_gated: ClassVar[bool] = False
    # Whether a table's children have their own of it, which come and go with the parent's.
    has_children: ClassVar[bool] = False
    # Whether PostgreSQL names a partition's after the partition and its columns, and renames none of them with those.
    named_after_partition: ClassVar[bool] = False
    # Whether it keeps its collation for as long as it exists.
    keeps_collation: ClassVar[bool] = False
    # Whether a model's table says it, so that an import writes no statement of its own; else the plain SQL file for it.
    part_of_table: ClassVar[bool] = False
    sql_file: ClassVar[str] = "rest"
    # How the header counts it; empty: not at all.
    noun: ClassVar[str] = ""

    @property
    def name(self) -> str:
        return str(self.item.kind)

    @property
    def is_type(self) -> bool:
        """Whether it is a type whose place a new one can take, with all that holds its values."""
        return type(self).swaps is not Kind.swaps

    @property
    def may_be_demanded(self) -> bool:
        """Whether a table that joins a parent may have to have it before."""
        return type(self).is_demanded is not Kind.is_demanded

    # `texts` holds whatever a field can hold.
    def read(
        self, names: Sequence[str], arrays: Sequence[int], rows: Iterable[Sequence[Any]], texts: dict[Any, Any]
    ) -> Iterator[ItemT]:
        """The items of the query's rows; `names` are its columns, `arrays` the places of those that are arrays (which
        become tuples). Equal values become one value, that of `texts`: most of them stand in a thousand rows."""
        fields = ("address", *names[3:])
        make, fill, once = object.__new__, object.__setattr__, texts.setdefault
        complete = getattr(self.item, "__post_init__", None)
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
            if complete is not None:
                complete(item)
            yield item

    def needs(self, item: ItemT) -> Iterable[Key]:
        """Objects that must exist before it, beyond what pg_depend records."""
        return ()

    def names(self, item: ItemT) -> list[Name]:
        """The names that nothing else may have while it is there, each with its name space."""
        if not self.namespaces:
            return [(self.name, *item.identity)]
        identity = item.identity
        place = identity if "routine" in self.namespaces else (identity[0], identity[-1])
        return [(space, *place) for space in self.namespaces]

    def other_names(self, item: ItemT) -> list[OtherName]:
        """The same of what comes and goes with it and is no object of its own: the sequence of an identity column."""
        return []

    def slug_words(self, action: str, verb: str, identity: Identity) -> list[str]:
        """The words of a migration's name that say what happens to the object."""
        name = [*identity[1:]] if len(identity) > 1 else [*identity]
        if "routine" in self.namespaces:
            name = [identity[1]]
        if self.inline and action == "create":
            return ["add", *name]
        if self.slug_rank is None:
            name = [part for part in identity if part]
        return [verb, *([self.name] if self.slug_word else []), *name]

    def soft_references(self, item: ItemT) -> str:
        """Text that may name objects which PostgreSQL records no dependency on (a function's body)."""
        return ""

    def soft_rows(self, item: ItemT) -> str:
        """The same of tables whose rows it takes, gives or reads as a whole, with all columns there are."""
        return ""

    def sort_key(self, item: ItemT) -> tuple[Any, ...]:
        """Orders items of one kind where dependencies leave the choice."""
        return item.identity

    def clause(self, item: ItemT) -> str:
        """Its text inside the parent's CREATE statement (only with `inline`)."""
        raise NotImplementedError

    def create(self, new: ItemT, context: Context) -> Operations:
        raise NotImplementedError

    def create_replacement(self, new: ItemT, context: Context) -> Operations:
        """Creates a type while the one whose place it takes is there under another name."""
        return self.create(new, context)

    def complete_replacement(self, new: ItemT, context: Context) -> Operations:
        """What such a type gets when all values have moved over: what need not hold for them."""
        return ()

    def extras(self, new: ItemT, context: Context) -> Operations:
        """What remains to be done after `clause` was written inside the parent's CREATE statement."""
        return ()

    def drop(self, old: ItemT, context: Context) -> Operations:
        raise NotImplementedError

    def alter(self, old: ItemT, new: ItemT, context: Context) -> Operations:
        """The change in place; only called when `replaces` says no."""
        raise NotImplementedError

    def inherits(self, old: ItemT | None, new: ItemT, context: Context) -> Operations:
        """The change in place of what a parent gave: only what may differ from the parent's. `old` is what it is after
        the parent's change (`given_by_parent`), None when it is not there."""
        return ()

    def given_by_parent(
        self, old: ItemT | None, new: ItemT, stages: Sequence[ItemT], *, fresh_table: bool
    ) -> ItemT | None:
        """What a parent's change makes of its child's `old` (None: not there) that has to become `new`. `stages` are what
        the parent's is in turn, the last one as desired; a single one comes with this migration. `fresh_table` says that the
        child table does. None when nothing of it can differ from the parent's."""
        return None

    def is_demanded(self, item: ItemT) -> bool:
        """Whether a table must have it before it can become the child of a parent that has it."""
        return False

    def disturbs(self, old: ItemT, new: ItemT | None, context: Context) -> Iterable[Key]:
        """What PostgreSQL may forget something of when this becomes `new`, or goes (None), beyond what uses it."""
        return ()

    def forgets(self, item: ItemT, cause: Key, context: Context) -> ItemT | None:
        """What is left of it when PostgreSQL rebuilds it for `cause`, or `cause` disturbs it: the rest is said anew. None
        when nothing is lost."""
        return None

    def replaces(self, old: ItemT, new: ItemT, context: Context) -> bool:
        """Whether the change is a drop and a create, because PostgreSQL knows no other way."""
        return False

    def swaps(self, old: ItemT, new: ItemT, context: Context) -> bool:
        """Whether the change of a type is a new type that takes the old one's place in everything that holds its values
        (`plan/type_swap.py`), because PostgreSQL knows no other way."""
        return False

    def blocks(self, old: ItemT, new: ItemT, context: Context) -> Iterable[Key]:
        """Dependants that have to go while it is altered in place."""
        return ()

    def is_counted(self, old: ItemT, new: ItemT) -> bool:
        """Whether a person would count the change: not where it follows from another one."""
        return old != new

    def releases(self, old: ItemT, new: ItemT, gone: Item) -> bool:
        """Whether the change in place frees it of `gone`, which is dropped and on which it depended."""
        return False

    def dropped_along_with(self, item: ItemT, snapshot: Snapshot) -> Iterable[Key]:
        """The objects any of which takes it along when it is dropped."""
        if item.parent is not None and self.bound:
            yield item.parent

    def dropped_with_column(self, item: ItemT, snapshot: Snapshot) -> Iterable[Key]:
        """`dropped_along_with` of what goes with its table, and with any column of it that it names."""
        yield from Kind.dropped_along_with(self, item, snapshot)
        for need in sorted(snapshot.dependencies.needs.get(item.key, ())):
            if need[0] == "column" and item.parent == ("table", need[1][:2]):
                yield need

    def intermediate(self, old: ItemT, new: ItemT, context: Context) -> ItemT | None:
        """What it has to become first, before what it held on to can go and what it will hold on to can come; None
        when one change will do."""
        return None

    def detach(self, old: ItemT, gone: Item, context: Context) -> ItemT | None:
        """What remains of it when it is detached from `gone`, which is dropped or replaced; None when it has to be dropped
        itself."""
        return None

    def rename(self, old: ItemT, new: ItemT, context: Context) -> Operations:
        """Renames (or moves) `old` so that it has the identity of `new`; only with `rename_rounds`."""
        raise NotImplementedError

    def similarity(self, old: ItemT, new: ItemT, context: Context) -> float:
        """How much `new` looks like `old` under another name, 0 to 1: if the kind says no more, all of it or nothing."""
        names = {name: getattr(new, name) for name in ("schema", "name") if hasattr(new, name)}
        return float(replace(old, **names) == new)
