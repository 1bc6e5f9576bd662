"""A foreign key whose columns no index covers."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS


def check(history: History) -> Iterator[Hit]:
    for table in history.catalog.tables.values():
        schema, name = table.name
        if schema in PLATFORM_SCHEMAS or history.catalog.may_have_run("create index", name):
            continue
        for key in table.foreign_keys.values():
            if not table.has_index(key.columns):
                columns = ", ".join(key.columns)
                yield Hit(
                    key.statement.at(key.location),
                    f"foreign key {schema}.{name}({columns}) has no index: each delete from "
                    f"{'.'.join(key.target)} reads the whole table",
                    f"create index on {schema}.{name} ({columns});",
                )


RULE = Rule("foreign-key-index", "warning", "no index covers the columns of a foreign key", check)
