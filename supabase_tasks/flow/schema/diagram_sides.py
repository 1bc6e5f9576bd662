"""A database's schema as a diagram, to compare one side with another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from supabase_tasks.draw.diagram import Column, Detail, Diagram, Entity, Link, arrange, short_type
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.models.declaration import Models
    from supabase_tasks.postgres import Server

_COMMANDS = {"*": "all", "r": "select", "a": "insert", "w": "update", "d": "delete"}


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
    parts = _Parts(snapshot)
    tables = [one for one in snapshot.of("table") if not one.bound]
    entities = {name: parts.entity(*name, groups) for name in ((one.schema, one.name) for one in tables)}
    links = [link for name in entities for link in parts.links(*name)]
    known = {entity.name for entity in entities.values()}
    outside = {link.target for link in links} - known
    platform = [Entity(name, f"{name.partition('.')[0]} (platform)", (), external=True) for name in sorted(outside)]
    return arrange([*entities.values(), *platform], links, parts.others(known))


class _Parts:
    """A snapshot's items by the table that they belong to."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._by_table: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
        for kind in ("column", "constraint", "index", "policy", "trigger"):
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
            details=tuple(self._details(schema, table)),
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

    def _details(self, schema: str, table: str) -> Iterator[Detail]:
        for index in self._of("index", schema, table):
            unique = "unique " if index.unique else ""
            yield Detail("index", index.name, f"create {unique}index {index.name} {index.definition}")
        for policy in self._of("policy", schema, table):
            yield Detail("policy", policy.name, _policy(policy))
        for trigger in self._of("trigger", schema, table):
            yield Detail("trigger", trigger.name, trigger.definition)
        for check in self._of("constraint", schema, table):
            if check.type == "c":
                yield Detail("check", check.name, f"constraint {check.name} {check.definition}")

    def links(self, schema: str, table: str) -> Iterator[Link]:
        nullable = {one.name: not one.not_null for one in self._of("column", schema, table)}
        constraints = self._of("constraint", schema, table)
        unique = {frozenset(one.columns) for one in constraints if one.type in ("p", "u")}
        for one in constraints:
            if one.type == "f" and one.references:
                optional = any(nullable.get(column, True) for column in one.columns)
                single = frozenset(one.columns) in unique
                yield Link(f"{schema}.{table}", tuple(one.columns), one.references, optional, single)

    def others(self, tables: set[str]) -> Iterator[Detail]:
        for enum in self._snapshot.of("enum"):
            values = ", ".join(f"'{value}'" for value in enum.values)
            yield Detail(
                "enum",
                ".".join(enum.identity),
                f"create type {'.'.join(enum.identity)} as enum ({values})",
                is_type=True,
            )
        for kind in ("view", "materialized_view"):
            for view in self._snapshot.of(kind):
                head = f"create {kind.replace('_', ' ')} {'.'.join(view.identity)} as\n"
                yield Detail(kind, ".".join(view.identity), head + view.definition)
        for function in self._snapshot.of("function"):
            yield Detail("function", f"{'.'.join(function.identity[:2])}({function.types})", function.definition)
        for policy in self._snapshot.of("policy"):
            if f"{policy.schema}.{policy.table}" not in tables:
                yield Detail("policy", f"{policy.schema}.{policy.table}: {policy.name}", _policy(policy))


def _policy(policy: Any) -> str:
    lines = [
        f"create policy {policy.name!r} on {policy.schema}.{policy.table}".replace("'", '"'),
        *([] if policy.permissive else ["  as restrictive"]),
        f"  for {_COMMANDS[policy.command]} to {', '.join(role or 'public' for role in policy.roles)}",
        *([f"  using ({policy.using})"] if policy.using is not None else []),
        *([f"  with check ({policy.check})"] if policy.check is not None else []),
    ]
    return re.sub(r"[ \t]+\n", "\n", "\n".join(lines))
