"""What holds for every kind of object."""

from __future__ import annotations

import pkgutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import psycopg
import pytest
from support.scenario import ADMIN, FOLDER, Scenario

from supabase_tasks.diff import kinds
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.kind import Kind
from supabase_tasks.diff.plan.result import PlannedFile
from supabase_tasks.diff.proof import proof
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.postgres import Server

DOCUMENT = Path(__file__).parents[2] / "docs" / "what-is-compared.md"
# What a kind is called in the document's table, where that is not its name.
CALLED = {"composite": "composite type", "range": "range type"}
# Kinds that the document tells of as an attribute of another one.
ATTRIBUTES = {
    "sequence_owner": ("sequence", "OWNED BY"),
    "publication_table": ("publication", "tables with columns and row filter"),
    "publication_schema": ("publication", "schemas"),
}

# For every kind a scenario that changes it, as a place to start reading.
SHOWN_BY = {
    "schema": "schema_create",
    "extension": "extension_create",
    "extension_dependency": "extension_dependency",
    "enum": "enum_create",
    "domain": "domain_create",
    "composite": "composite_create",
    "range": "range_create",
    "sequence": "sequence_create",
    "table": "table_create",
    "column": "column_add",
    "constraint": "check_add",
    "index": "index_add",
    "sequence_owner": "sequence_owned_by",
    "statistics": "statistics_create",
    "replica_identity": "table_replica_identity_full",
    "function": "function_create_sql",
    "procedure": "procedure_create",
    "aggregate": "aggregate_create",
    "trigger": "trigger_create",
    "rule": "rule_create",
    "row_level_security": "rls_enable",
    "policy": "policy_create_all",
    "view": "view_create",
    "materialized_view": "matview_create",
    "publication": "publication_own",
    "realtime_options": "publication_options_of_realtime",
    "publication_table": "publication_table_added",
    "event_trigger": "event_trigger_create",
    "operator_class": "operator_class_create",
    "operator_family": "operator_family_members",
    "text_search_parser": "text_search_parser_create",
    "text_search_template": "text_search_template_create",
    "transform": "transform_create",
    "grant": "grant_table",
    "extension_grant": "extension_grant_less_and_more",
    "language_grant": "language_grant",
    "security_label": "security_label_create",
    "default_privilege": "default_privileges_tables",
    "comment": "table_comment",
    "owner": "schema_create",
    "operator": "operator_function",
    "cast": "cast_create",
    "conversion": "conversion_create",
    "collation": "collation_create",
    "text_search_dictionary": "text_search_create",
    "text_search_configuration": "text_search_mapping",
    "foreign_data_wrapper": "foreign_create",
    "foreign_server": "foreign_options",
    "user_mapping": "foreign_create",
    "foreign_table": "foreign_table_columns",
}
# FOR TABLES IN SCHEMA is the superuser's (CREATE PUBLICATION, Notes); scenarios run as `postgres`.
NO_SCENARIO = {"publication_schema"}

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def test_every_file_is_in_the_registry() -> None:
    registered = {type(kind).__module__.rpartition(".")[2] for kind in KINDS.values()}
    assert registered == {module.name for module in pkgutil.iter_modules(kinds.__path__) if not module.ispkg}


@every_kind
def test_the_query_yields_an_address_and_the_fields_of_the_item(kind: Kind[Any], server: Server, base: str) -> None:
    with server.connect(base) as connection:
        columns = [column.name for column in connection.execute(kind.query.encode()).description or ()]
    allowed = {field.name for field in fields(kind.item)} - {"address"}
    assert set(columns[3:]) <= allowed
    assert len(set(columns[3:])) == len(columns[3:])


@every_kind
def test_the_query_is_read_in_one_go_whatever_the_search_path(kind: Kind[Any], server: Server, base: str) -> None:
    with server.connect(base) as connection:
        connection.execute("SET search_path = ''")
        try:
            connection.execute(kind.query.encode())
        except psycopg.Error as error:
            pytest.fail(f"{kind.name}: {error}")


def documented() -> dict[str, list[str]]:
    """The attributes of every kind in the first table of the document, by the kind's name there."""
    rows = [line.strip("|").split("|") for line in DOCUMENT.read_text().splitlines() if line.startswith("| ")]
    assert rows[0][0].strip() == "kind"
    return {
        name.strip(): [attribute.strip() for attribute in row[1].split(",")]
        for row in rows[1:]
        for name in row[0].split(",")
    }


@every_kind
def test_the_document_tells_of_it(kind: Kind[Any]) -> None:
    name, attribute = ATTRIBUTES.get(kind.name, (CALLED.get(kind.name, kind.name.replace("_", " ")), None))
    assert name in documented()
    assert attribute is None or attribute in documented()[name]


def test_the_document_tells_of_nothing_else() -> None:
    names = {CALLED.get(name, name.replace("_", " ")) for name in KINDS.keys() - ATTRIBUTES.keys()}
    assert documented().keys() == names


def test_every_kind_has_a_scenario() -> None:
    assert KINDS.keys() == SHOWN_BY.keys() | NO_SCENARIO


@pytest.mark.parametrize("kind", SHOWN_BY)
def test_the_scenario_changes_an_object_of_the_kind(kind: str, server: Server, base: str) -> None:
    scenario = Scenario(FOLDER / SHOWN_BY[kind])
    snapshots = []
    for name in ("before.sql", "after.sql"):
        with server.scratch(base) as made:
            text = f"SET check_function_bodies = off;\n{scenario.text(name)}"
            if scenario.of_a_superuser:
                with psycopg.connect(server.url(made, ADMIN), autocommit=True) as connection:
                    connection.execute(text.encode())
                    snapshots.append(read_snapshot(connection))
                continue
            proof.apply(server, made, [PlannedFile("schema", text, ())])
            with server.connect(made) as connection:
                snapshots.append(read_snapshot(connection))
    before, after = (snapshot.items for snapshot in snapshots)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert kind in {key[0] for key in changed}
