"""The schema as a drizzle project: the same tables, indexes, constraints and policies."""

from __future__ import annotations

from pathlib import Path

from bench.schema import Column, Schema, Table

_TYPES = {
    "uuid": "uuid({})",
    "text": "text({})",
    "integer": "integer({})",
    "numeric": "numeric({}, {{ precision: 10, scale: 2 }})",
    "boolean": "boolean({})",
    "jsonb": "jsonb({})",
    "timestamp": "timestamp({}, {{ withTimezone: true }})",
}
_HEAD = """\
import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, numeric, pgEnum, pgPolicy } from 'drizzle-orm/pg-core'
import { pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { authenticatedRole } from 'drizzle-orm/supabase'
"""
_CONFIG = """\
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './schema/index.ts',
  out: './drizzle',
  entities: { roles: { provider: 'supabase' } },
})
"""


def write(folder: Path, schema: Schema) -> None:
    """A whole project in `folder`; `node_modules` is looked for upwards."""
    for name, text in {"drizzle.config.ts": _CONFIG, "package.json": "{}\n", **models(schema)}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def models(schema: Schema) -> dict[str, str]:
    """The schema's files by relative path."""
    found = {f"schema/{module}.ts": _module(module, tables) for module, tables in schema.modules.items()}
    index = "".join(f"export * from './{module}'\n" for module in schema.modules)
    return {**found, "schema/index.ts": index}


def _module(module: str, tables: list[Table]) -> str:
    parents = sorted(
        {
            (table.parent_module, table.parent.replace("_", ""))
            for table in tables
            if table.parent and table.parent_module
        }
    )
    imports = "".join(
        f"import {{ {variable} }} from './{source}'\n" for source, variable in parents if source != module
    )
    status = f"export const {module}Status = pgEnum('{module}_status', ['draft', 'live', 'gone'])\n"
    return "\n".join([_HEAD + imports, status, *(_table(table) for table in tables)])


def _table(table: Table) -> str:
    name = table.name
    parent = f"{table.parent.replace('_', '')}.id" if table.parent else ""
    own = "sql`owner_id = (select auth.uid())`"
    lines = [
        f"export const {table.variable} = pgTable('{name}', {{",
        "  id: uuid('id').primaryKey().defaultRandom(),",
        f"  parentId: uuid('parent_id').notNull().references(() => {parent}, {{ onDelete: 'cascade' }}),"
        if parent
        else "",
        f"  status: {table.module}Status('status').notNull().default('draft'),",
        *(_column(column) for column in table.columns),
        "}, (t) => [",
        f"  index('{name}_owner_idx').on(t.ownerId, t.createdAt),",
        f"  index('{name}_parent_idx').on(t.parentId)," if parent else "",
        f"  unique('{name}_title_key').on(t.ownerId, t.title),",
        f"  check('{name}_position_check', sql`position >= 0`),",
        f"  pgPolicy('read own', {{ for: 'select', to: authenticatedRole, using: {own} }}),",
        f"  pgPolicy('add own', {{ for: 'insert', to: authenticatedRole, withCheck: {own} }}),",
        "])",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _column(column: Column) -> str:
    head, *tail = column.name.split("_")
    camel = head + "".join(part.title() for part in tail)
    text = f"  {camel}: {_TYPES[column.type].format(repr(column.name))}"
    text += "" if column.nullable else ".notNull()"
    text += f".default(sql`{column.default}`)" if column.default else ""
    return text + ","
