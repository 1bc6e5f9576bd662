"""The kinds, which write a migration, and the reader of migrations before a push say the same about its locks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import postgast
import pytest
from support.scenario import Scenario, scenarios

from supabase_tasks.diff.ddl.hazards import LOCKS
from supabase_tasks.diff.ddl.names import chosen_name
from supabase_tasks.flow.targets import sql_hazards
from supabase_tasks.flow.targets.sql_nodes import object_words, qualified, relation_name

_HEADER = re.compile(r"(?m)(?=^-- (?:[+~−]|reads the existing rows))")
_LOCK = re.compile(r"^--   lock: ([A-Z ]+) on (.+?) (briefly|while every row is (?:read|rewritten))$", re.MULTILINE)

Locks = dict[str, tuple[str, str]]


def tables_of(sql: str) -> Iterator[tuple[str, str]]:
    """Indexes and statistics with their tables: a DROP does not name the table. Those of partitions have the names that
    PostgreSQL chooses."""
    partitions: dict[str, list[Any]] = defaultdict(list)
    indexes: dict[str, list[list[str]]] = defaultdict(list)
    for statement in postgast.parse(sql).stmts:
        kind = statement.stmt.WhichOneof("node")
        node = getattr(statement.stmt, kind)
        if kind == "index_stmt":
            yield qualified(f"{node.relation.schemaname or 'public'}.{node.idxname}"), relation_name(node.relation)
            columns = [item.index_elem.name or _function(item.index_elem.expr) for item in node.index_params]
            indexes[relation_name(node.relation)].append(columns)
        elif kind == "create_stmt" and node.inh_relations:
            partitions[relation_name(node.inh_relations[0].range_var)].append(node.relation)
        elif kind == "create_stats_stmt":
            name = ".".join(word for part in node.defnames for word in object_words(part))
            yield qualified(name), relation_name(node.relations[0].range_var)

    for parent, several in indexes.items():
        for columns in several:
            for table in partitions[parent]:
                name = chosen_name(table.relname, "_".join(columns), "idx")
                yield qualified(f"{table.schemaname or 'public'}.{name}"), relation_name(table)


def with_new_names(tables: dict[str, str], sql: str) -> dict[str, str]:
    """`tables`, and the names that the SQL gives indexes with the tables of the former ones."""
    for statement in postgast.parse(sql).stmts:
        if statement.stmt.WhichOneof("node") == "rename_stmt":
            node = statement.stmt.rename_stmt
            former = relation_name(node.relation)
            if former in tables:
                tables[qualified(f"{node.relation.schemaname or 'public'}.{node.newname}")] = tables[former]
    return tables


def _function(expression: Any) -> str:
    """What the name of an index says of an expression."""
    names = expression.func_call.funcname
    return str(names[-1].string.sval) if names else "expr"


def _plain(name: str) -> str:
    return name.replace('"', "")


def written(part: str) -> Locks:
    return {match[2]: (match[1], match[3]) for match in _LOCK.finditer(part)}


def found(part: str, tables: dict[str, str], new: set[str]) -> Locks:
    held: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for hazard in sql_hazards.of_sql(part, new):
        if hazard.code == "lock":
            dropped = "the table of" in hazard.message
            name = tables.get(hazard.relation, hazard.relation) if dropped else hazard.relation
            if tables.get(name) not in new:
                held[name].append((hazard.lock, hazard.blocking))
    return {
        name: (
            min((mode for mode, _ in some), key=LOCKS.index),
            "briefly" if all(span == "instant" for _, span in some) else "while every row is read",
        )
        for name, some in held.items()
    }


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name)
def test_the_reader_finds_the_locks_that_the_kinds_announce(scenario: Scenario) -> None:
    text = scenario.text("expected.sql")
    tables = with_new_names(dict(tables_of(f"{scenario.text('before.sql')};\n{text}")), text)
    new: set[str] = set()
    for part in _HEADER.split(text):
        said, read = written(part), found(part, tables, new)
        # An UPDATE under the lock: the reader looks at DDL.
        updated = {name for name, (_, span) in said.items() if span.endswith("rewritten")}
        said, read = (
            {_plain(name): held for name, held in side.items() if name not in updated} for side in (said, read)
        )
        if "--   rewrite: " in part:
            # A rewrite is announced in place of its lock.
            read = {name: lock for name, lock in read.items() if name in said}
        assert read == said, part


def test_the_corpus_takes_locks_of_every_strength() -> None:
    modes = {mode for scenario in scenarios() for mode, _ in written(scenario.text("expected.sql")).values()}
    assert modes == set(LOCKS) - {"EXCLUSIVE"}
