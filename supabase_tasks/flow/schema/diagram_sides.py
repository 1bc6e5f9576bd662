"""A database's schema as a diagram, to compare one side with another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from supabase_tasks.draw.diagram import Column, Detail, Diagram, Entity, Link, arrange, short_type
from supabase_tasks.flow.schema.diagram_facts import Details, Fact, place_facts
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.models.declaration import Models
    from supabase_tasks.postgres import Server


def compare(settings: Settings, side: str, groups: Callable[[Models], Mapping[str, str]]) -> Diagram:
    """The models' diagram with what they change of `side` (as in `schema-diff --from`): both are read from one server.
    `groups` names the group of each table.

    Raises what `schema_diff.side` raises, and what loading the models raises.
    """
    from supabase_tasks import postgres
    from supabase_tasks.draw.diagram_changes import compare as both_of
    from supabase_tasks.flow.schema import schema_diff
    from supabase_tasks.models import desired, loading

    server = postgres.shadow(settings)
    models = loading.load(settings)
    named = groups(models)
    realised = desired.build_desired(server, settings, models, postgres.platform_template(server, settings))
    try:
        with schema_diff.side(settings, server, side) as (database, _):
            before, after = (_read(settings, server, one, named) for one in (database, realised))
            return both_of(before, after, side)
    finally:
        server.drop(realised)


def _read(settings: Settings, server: Server, database: str, groups: Mapping[str, str]) -> Diagram:
    from supabase_tasks.diff.catalog.scope import Scope
    from supabase_tasks.diff.reader import read_snapshot

    with server.connect(database) as connection:
        return of_snapshot(read_snapshot(connection, Scope(settings.ignore)), groups)


def of_snapshot(snapshot: Snapshot, groups: Mapping[str, str]) -> Diagram:
    """The diagram of a catalog; a table that `groups` does not know is in the group of its schema."""
    tables = [(one.schema, one.name) for one in snapshot.of("table") if not one.bound]
    indexes = {(one.schema, one.name): f"{one.schema}.{one.table}" for one in snapshot.of("index")}
    details, others = place_facts(_facts(snapshot), indexes, {".".join(name) for name in tables})
    parts = _Parts(snapshot, details)
    entities = {name: parts.entity(*name, groups) for name in tables}
    links = [link for name in entities for link in parts.links(*name)]
    known = {entity.name for entity in entities.values()}
    outside = {link.target for link in links} - known
    platform = [Entity(name, f"{name.partition('.')[0]} (platform)", (), external=True) for name in sorted(outside)]
    return arrange([*entities.values(), *platform], links, others)


class _Parts:
    """A snapshot's items by the table that they belong to."""

    def __init__(self, snapshot: Snapshot, details: Details) -> None:
        self._snapshot = snapshot
        self._details: dict[str, list[Detail]] = defaultdict(list, {name: [*some] for name, some in details.items()})
        for name, check in _checks(snapshot):
            self._details[name].append(check)
        self._by_table: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
        for kind in ("column", "constraint", "policy"):
            for item in snapshot.of(kind):
                self._by_table[kind, item.schema, item.table].append(item)
        self._comments = {
            item.target[1]: item.text for item in snapshot.of("comment") if item.target and item.target[0] == "table"
        }

    def _of(self, kind: str, schema: str, table: str) -> list[Any]:
        return self._by_table[kind, schema, table]

    def entity(self, schema: str, table: str, groups: Mapping[str, str]) -> Entity:
        name = f"{schema}.{table}"
        columns = sorted(self._of("column", schema, table), key=lambda column: column.position)
        security = self._snapshot.get("row_level_security", schema, table)
        secured = security is not None and security.enabled
        return Entity(
            name,
            groups.get(name, schema),
            tuple(self._column(column) for column in columns),
            policies=len(self._of("policy", schema, table)) if secured else None,
            comment=self._comments.get((schema, table), ""),
            details=tuple(self._details[name]),
        )

    def _column(self, column: Any) -> Column:
        constraints = self._of("constraint", column.schema, column.table)
        keys: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for one in constraints:
            keys[one.type].append(tuple(one.columns))
        return Column(
            column.name,
            short_type(column.type),
            primary=any(column.name in key for key in keys["p"]),
            foreign=any(column.name in key for key in keys["f"]),
            unique=(column.name,) in keys["u"],
            nullable=not column.not_null,
        )

    def links(self, schema: str, table: str) -> Iterator[Link]:
        nullable = {one.name: not one.not_null for one in self._of("column", schema, table)}
        constraints = self._of("constraint", schema, table)
        unique = {frozenset(one.columns) for one in constraints if one.type in ("p", "u")}
        for one in constraints:
            if one.type == "f" and one.references:
                optional = any(nullable.get(column, True) for column in one.columns)
                single = frozenset(one.columns) in unique
                yield Link(f"{schema}.{table}", tuple(one.columns), one.references, optional, single)


def _facts(snapshot: Snapshot) -> Iterator[Fact]:
    """What there is of the kinds that a diagram shows."""
    from supabase_tasks.diff.plan.definitions import find_definitions
    from supabase_tasks.models.language.words import all_words

    shown = [name for name, word in all_words().items() if word.drawn is not None or name == "grant"]
    for (kind, identity), sql in find_definitions(snapshot, shown):
        yield Fact(kind, identity, sql)


def _checks(snapshot: Snapshot) -> Iterator[tuple[str, Detail]]:
    """The tables' checks, which are part of the tables' own statement."""
    for one in snapshot.of("constraint"):
        if one.type == "c":
            yield f"{one.schema}.{one.table}", Detail("check", one.name, f"constraint {one.name} {one.definition}")
