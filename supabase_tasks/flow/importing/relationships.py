"""Foreign keys between two classes as SQLModel's relationships, one on each side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from supabase_tasks.flow.importing import items, relationship_names
from supabase_tasks.flow.importing.columns import attributes_of
from supabase_tasks.flow.importing.gathered import Context, TableSource
from supabase_tasks.flow.importing.keys import ForeignKey, keys_of
from supabase_tasks.flow.importing.source import Call, Source, entry, keyword, mapping, render, string

Identity = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Relationship:
    """One side: its name in the class, the table at the other end, how many of its rows, and what Relationship is given."""

    name: str
    other: Identity
    many: bool
    optional: bool
    arguments: tuple[Source, ...]

    def line(self, classes: Mapping[Identity, str], above: Collection[Identity], limit: int) -> str:
        """The line in the class; only the classes of `above` can be named without quotes."""
        known = self.other in above
        name = classes[self.other] if known else string(classes[self.other])
        kind = f"list[{name}]" if self.many else name
        if self.optional:
            kind = f"{name} | None" if known else f"Optional[{name}]"
        head = f"{self.name}: {kind}"
        value = render(Call("Relationship", self.arguments), 4, before=len(head) + 3, limit=limit)
        return f"    {head} = {value}\n"


def relate(
    found: Sequence[TableSource], classes: Mapping[Identity, str], context: Context
) -> dict[Identity, list[Relationship]]:
    """The relationships of each class: those that its own keys make first.

    A key is left out where SQLAlchemy could not tell which rows are meant: one of several over the same columns to the same
    table, one from a row to its own kind that shares a column with what it refers to, one whose names are all taken.
    """
    own = {one.identity: one for one in found if items.primary_key(one) is not None}
    every = [key for one in own.values() for key in keys_of(one, context) if key.target in own]
    attributes = {table: attributes_of(one.columns, context.names) for table, one in own.items()}
    named = relationship_names.choose(
        _definite_keys(every), {table: set(of.values()) for table, of in attributes.items()}
    )
    between = Counter(frozenset((key.source, key.target)) for key in every)
    writer = _Writer(classes, attributes, between, _overlaps(named))
    forward: dict[Identity, list[Relationship]] = defaultdict(list)
    backward: dict[Identity, list[Relationship]] = defaultdict(list)
    for key, names in named.items():
        forward[key.source].append(writer.forward(key, names))
        backward[key.target].append(writer.backward(key, names))
    return {table: forward[table] + sorted(backward[table], key=lambda one: one.name) for table in own}


def _definite_keys(keys: Iterable[ForeignKey]) -> list[ForeignKey]:
    alike: dict[object, list[ForeignKey]] = defaultdict(list)
    for key in keys:
        alike[key.source, frozenset(key.columns), key.target].append(key)
    single = [those[0] for those in alike.values() if len(those) == 1]
    return [key for key in single if key.source != key.target or not set(key.columns) & set(key.target_columns)]


def _overlaps(named: Mapping[ForeignKey, tuple[str, str]]) -> dict[ForeignKey, list[str]]:
    """The relationships that write a column which the key's writes too, where the key is not the narrowest: SQLAlchemy asks
    for one of the two to say so."""
    found: dict[ForeignKey, list[str]] = {}
    by_column: dict[tuple[Identity, str], list[ForeignKey]] = defaultdict(list)
    for key in sorted(named, key=lambda one: len(one.columns)):
        places = [(key.source, column) for column in key.columns]
        before = {other: None for place in places for other in by_column[place]}
        if before:
            found[key] = sorted({name for other in before for name in named[other]})
        for place in places:
            by_column[place].append(key)
    return found


@dataclass(frozen=True)
class _Writer:
    classes: Mapping[Identity, str]
    attributes: Mapping[Identity, Mapping[str, str]]
    # How many keys there are between two tables, in either direction.
    between: Mapping[frozenset[Identity], int]
    overlaps: Mapping[ForeignKey, list[str]]

    def forward(self, key: ForeignKey, names: tuple[str, str]) -> Relationship:
        to_itself = key.source == key.target
        options = [
            *self._common(key),
            *([("remote_side", self._columns(key.target, key.target_columns))] if to_itself else []),
        ]
        arguments = self._arguments(names[1], [], options)
        return Relationship(names[0], key.target, many=False, optional=not key.required, arguments=arguments)

    def backward(self, key: ForeignKey, names: tuple[str, str]) -> Relationship:
        # The key says what a delete does to the rows that refer to the deleted one: SQLAlchemy leaves them alone.
        deletes = keyword("passive_deletes", string("all"))
        options: list[tuple[str, Source]] = [*self._common(key), *([("uselist", "False")] if key.alone else [])]
        arguments = self._arguments(names[0], [deletes], options)
        return Relationship(names[1], key.source, many=not key.alone, optional=key.alone, arguments=arguments)

    def _common(self, key: ForeignKey) -> list[tuple[str, Source]]:
        several = self.between[frozenset((key.source, key.target))] > 1
        overlaps = self.overlaps.get(key)
        return [
            *([("foreign_keys", self._columns(key.source, key.columns))] if several else []),
            *([("overlaps", string(",".join(overlaps)))] if overlaps else []),
        ]

    def _columns(self, table: Identity, columns: Sequence[str]) -> Source:
        """Columns as SQLAlchemy evaluates them once all classes are there."""
        paths = [f"{self.classes[table]}.{self.attributes[table][column]}" for column in columns]
        return string(paths[0] if len(paths) == 1 else f"[{', '.join(paths)}]")

    def _arguments(
        self, back: str, more: Sequence[Source], options: Sequence[tuple[str, Source]]
    ) -> tuple[Source, ...]:
        given = mapping(*(entry(name, value) for name, value in options))
        return (
            keyword("back_populates", string(back)),
            *more,
            *([keyword("sa_relationship_kwargs", given)] if options else []),
        )
