"""Databases that migrations make: they belong to the cluster, and on ours they would be in the way of the next run.

The CLI's own local stack gets a new cluster with every reset; here the databases that the files name are dropped first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks.ledger import files as ledger
from supabase_tasks.ledger import splitting
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg
    from postgast import pg_query_pb2 as ast

    from supabase_tasks.postgres.server import Server

_CREATES = re.compile(r"\bcreate\s+database\b", re.IGNORECASE)
# Ours, and those that PostgreSQL brings along: no file of the project may have them dropped.
_KEPT = re.compile(r"(?:postgres|template[01]|(?:history|platform|scratch|spare|building|empty)_.*)\Z", re.DOTALL)


def drop_created(server: Server, settings: Settings) -> None:
    """Drop the databases that the project's migrations create, ending their sessions."""
    found = created_by(ledger.listing(settings))
    if found:
        with server.admin() as connection:
            drop(connection, found)


def created_by(files: Sequence[MigrationFile]) -> list[str]:
    """The names of the databases that `files` create by a statement of their own."""
    return [name for file in files for name in _names(file)]


def drop(connection: psycopg.Connection[Any], names: Sequence[str]) -> None:
    """Drop databases by name, ending their sessions. `connection` is the superuser's."""
    from psycopg import sql

    for name in names:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def from_empty_template(statement: str) -> str:
    """`statement`, but a database that it creates is copied from `template0`: `template1` has a session of ours while the
    history is replayed, and PostgreSQL copies no database that somebody is connected to."""
    made = next(_statements(statement), None)
    if made is None or any(item.def_elem.defname == "template" for item in made.options):
        return statement
    return f"{statement}\ntemplate template0"


def _names(file: MigrationFile) -> Iterator[str]:
    if _CREATES.search(file.data.decode(errors="replace")):
        for text in splitting.texts(file.text):
            yield from (made.dbname for made in _statements(text) if not _KEPT.match(made.dbname))


def _statements(text: str) -> Iterator[ast.CreatedbStmt]:
    if not _CREATES.search(text):
        return
    import postgast

    try:
        nodes = [one.stmt for one in postgast.parse(text).stmts]
    except postgast.PgQueryError:
        return
    yield from (node.createdb_stmt for node in nodes if node.WhichOneof("node") == "createdb_stmt")
