"""What the platform owns and models refer to: `auth.users`, `storage.objects`, the `auth` functions.

None of it is ever created, changed or dropped by a migration.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, DateTime, MetaData, Table, Text, Uuid, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import Function as SqlFunction
from sqlalchemy.sql.visitors import InternalTraversal

_platform = MetaData()


def _table(schema: str, name: str, *columns: Column[Any]) -> Table:
    return Table(name, _platform, *columns, schema=schema)


auth_users = _table(
    "auth",
    "users",
    Column("id", Uuid, primary_key=True),
    Column("aud", Text),
    Column("role", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("email_confirmed_at", DateTime(timezone=True)),
    Column("last_sign_in_at", DateTime(timezone=True)),
    Column("raw_app_meta_data", JSONB),
    Column("raw_user_meta_data", JSONB),
    Column("is_anonymous", Boolean),
    Column("created_at", DateTime(timezone=True)),
    Column("updated_at", DateTime(timezone=True)),
    Column("deleted_at", DateTime(timezone=True)),
)
"""`auth.users`: for `ForeignKey(auth_users.c.id)`, or `foreign_key="auth.users.id"` in SQLModel."""

storage_buckets = _table(
    "storage",
    "buckets",
    Column("id", Text, primary_key=True),
    Column("name", Text),
    Column("public", Boolean),
    Column("owner_id", Text),
)
"""`storage.buckets`."""

storage_objects = _table(
    "storage",
    "objects",
    Column("id", Uuid, primary_key=True),
    Column("bucket_id", Text),
    Column("name", Text),
    Column("owner_id", Text),
    Column("path_tokens", Text),
    Column("metadata", JSONB),
    Column("user_metadata", JSONB),
    Column("created_at", DateTime(timezone=True)),
    Column("updated_at", DateTime(timezone=True)),
)
"""`storage.objects`: `Policy(…, on=storage_objects)` guards files."""

PLATFORM_TABLES = {f"{table.schema}.{table.name}": table for table in (auth_users, storage_buckets, storage_objects)}


def is_platform_table(table: Table) -> bool:
    """Whether a table belongs to the platform and is only referred to."""
    return table.metadata is _platform or bool(table.info.get("platform"))


def platform_tables(metadata: MetaData, *names: str) -> None:
    """Makes platform tables known to `metadata` (all of them, or those named like `auth.users`).

    String foreign keys then resolve in the running application too; for the migrations alone it is not needed.
    """
    for key in names or tuple(PLATFORM_TABLES):
        if key not in metadata.tables:
            PLATFORM_TABLES[key].to_metadata(metadata).info["platform"] = True


def auth_uid() -> SqlFunction[UUID]:
    """`auth.uid()`: the id of the signed-in user, NULL when there is none."""
    return func.auth.uid(type_=Uuid)


def auth_jwt() -> SqlFunction[Any]:
    """`auth.jwt()`: the claims of the request's token as jsonb."""
    return func.auth.jwt(type_=JSONB)


def auth_role() -> SqlFunction[str]:
    """`auth.role()`: the role of the request's token."""
    return func.auth.role(type_=Text)


class _Once(ColumnElement[Any]):
    inherit_cache = False
    _traverse_internals = [("inner", InternalTraversal.dp_clauseelement)]  # noqa: RUF012

    def __init__(self, expression: ColumnElement[Any]) -> None:
        self.inner = expression
        self.type = expression.type


@compiles(_Once)
def _compile_once(element: _Once, compiler: SQLCompiler, **options: Any) -> str:
    return f"(select {compiler.process(element.inner, **options)})"


def once(expression: ColumnElement[Any]) -> ColumnElement[Any]:
    """`(select expression)`: PostgreSQL then evaluates it once for a statement, not for every row.

    Supabase's own advice for every `auth` function in a policy (database advisor 0003, `auth_rls_initplan`).
    """
    return _Once(expression)
