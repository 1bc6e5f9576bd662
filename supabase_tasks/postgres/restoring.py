"""Running a foreign schema's dump as a role that may do nothing outside the copy.

The role is no superuser, has no attribute but LOGIN, and is a member of the platform's roles so that it can hand objects to
them. The few statements that only a superuser may run and in which no code of the dump takes part are signed and lifted
(`elevation`); everything else that PostgreSQL refuses to the role ends the copy with an error that names it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from supabase_tasks import undumped
from supabase_tasks.errors import DatabaseError
from supabase_tasks.platform_schemas import PLATFORM_ROLES
from supabase_tasks.postgres import elevation, replay, standin_rewrites
from supabase_tasks.postgres.beyond_dump import Beyond, InvalidIndex
from supabase_tasks.postgres.plain import Ground, GroundedCopy
from supabase_tasks.postgres.roles import RESTORER as ROLE
from supabase_tasks.postgres.server import ADMIN, Server
from supabase_tasks.sql_text import literal, quoted_identifier

if TYPE_CHECKING:
    import psycopg

_RESTRICT = re.compile(r"^\\restrict (\w+)$", re.MULTILINE)
_OWNER = re.compile(r"\AALTER\s.*\sOWNER\s+TO\s", re.DOTALL)
_AUTHORIZATION = re.compile(r"SET SESSION AUTHORIZATION (.+)")
_LIFTABLE = re.compile(
    r"(?:CREATE|ALTER)\s+(?:EVENT\s+TRIGGER|FOREIGN\s+DATA\s+WRAPPER|DEFAULT\s+PRIVILEGES|EXTENSION|PUBLICATION)\b"
    r"|SECURITY\s+LABEL\b"
)
_GRANT = re.compile(r"(?:GRANT|REVOKE)\b")
# PostgreSQL lets only superusers own these; what a copy makes of them belongs to `postgres` as soon as it is lifted.
_OWNED_BY_SUPERUSERS = re.compile(r"ALTER\s+(?:EVENT\s+TRIGGER|FOREIGN\s+DATA\s+WRAPPER)\b")
# The options of these hold passwords.
_SECRETIVE = re.compile(r"\A\s*((?:CREATE|ALTER)\s+(?:USER\s+MAPPING|SERVER|FOREIGN\s+\w+)\b.*?)\bOPTIONS\b", re.DOTALL)
# https://www.postgresql.org/docs/17/errcodes-appendix.html: privilege_not_revoked, privilege_not_granted (both warnings).
_IN_PART = ("01006", "01007")
_SHOWN = 400
_NOTHING = Beyond()


def prepare(connection: psycopg.Connection[Any]) -> None:
    """Make the role, or what it lacks. `connection` is the superuser's."""
    from psycopg import sql

    name = sql.Identifier(ROLE)
    if connection.execute("SELECT FROM pg_catalog.pg_roles WHERE rolname = %s", (ROLE,)).fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    rows = connection.execute(
        "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY (%s) AND NOT rolsuper"
        " AND NOT pg_catalog.pg_has_role(%s, oid, 'MEMBER')",
        (list(PLATFORM_ROLES), ROLE),
    )
    for (role,) in rows.fetchall():
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(str(role)), name))


def restore(
    server: Server,
    database: str,
    dump: str,
    *,
    foreign_owners: set[str],
    beyond: Beyond = _NOTHING,
    ground: GroundedCopy | None = None,
) -> None:
    """Run `dump` in `database`, which the role owns, and make or write down what is `beyond` a dump.

    What belongs to `foreign_owners` there, or to a superuser, is `postgres`'s here. With `ground` the database is a clone of the
    platform, and the dump a plain PostgreSQL's. Raises `DatabaseError`.
    """
    import psycopg

    key = server.key()
    statements, at = list(split(dump)), ""
    with server.connect(database, user=ROLE) as connection:
        try:
            laid_on = Ground(connection, statements) if ground is not None else None
            restorer = _Restorer(connection, key, _owners(connection) - foreign_owners, laid_on)
            restorer.begin()
            for statement, following in zip_longest(statements, statements[1:], fillvalue=""):
                at = statement
                restorer.run(statement, following)
            for index in beyond.invalid:
                at = index.definition
                restorer.make_invalid(index)
            for at in beyond.statements:
                restorer.run(at, "")
            at = "(owners and privileges)"
            restorer.finish()
            at = "(what a dump does not say)"
            restorer.carry(beyond.undumped)
        except psycopg.Error as error:
            secret = _SECRETIVE.match(at)
            shown = f"{secret[1]}…" if secret else at[:_SHOWN]
            raise failure(f"{str(error).strip()}\nstatement: {shown}") from error


def _owners(connection: psycopg.Connection[Any]) -> frozenset[str]:
    """Who may own what is in a copy: no superuser, and none of PostgreSQL's own roles, whose functions with their owner's
    rights could reach files and programs."""
    rows = connection.execute("SELECT rolname FROM pg_catalog.pg_roles WHERE NOT rolsuper AND rolname !~ '^(pg_|~)'")
    return frozenset(str(name) for (name,) in rows)


def split(dump: str) -> Sequence[str]:
    """The statements of a dump, cut by PostgreSQL's own grammar. psql's commands are not among them: those that pg_dump
    itself writes (since 17.6) are taken out by their random key, any other is a syntax error. Raises `DatabaseError`."""
    import postgast

    found = _RESTRICT.search(dump)
    if found:
        lines = (f"\\restrict {found[1]}", f"\\unrestrict {found[1]}")
        dump = "\n".join(line for line in dump.split("\n") if line not in lines)
    try:
        return list(postgast.split(dump))
    except postgast.PgQueryError as error:
        raise failure(str(error)) from error


def failure(cause: str) -> DatabaseError:
    """The error for a copy that cannot be made, because of `cause`."""
    return DatabaseError(
        "the schema cannot be copied to the embedded server",
        cause=cause,
        next_step="see docs/embedded-database.md for the extensions it has, and what a copy does not take",
        code="copy-failed",
    )


class _Restorer:
    """The role's session, and what is put off to the end: changes of owner, so that it can alter what it made, and then
    privileges, which are the owner's to give and to give up."""

    def __init__(
        self, connection: psycopg.Connection[Any], key: bytes, owners: frozenset[str], ground: Ground | None
    ) -> None:
        self._connection = connection
        self._key = key
        self._owners = owners
        self._ground = ground
        self._standins = replay.standins_of(connection)
        self._late: list[str] = []
        self._privileges: list[str] = []
        self._warned = False
        connection.add_notice_handler(self._notice)

    def _notice(self, notice: psycopg.errors.Diagnostic) -> None:
        self._warned = self._warned or notice.sqlstate in _IN_PART

    def begin(self) -> None:
        """What comes before the dump."""
        for statement in self._ground.before() if self._ground else ():
            self._connection.execute(statement.encode())

    def run(self, statement: str, following: str) -> None:
        """One statement of the dump; `following` is the one behind it, which may name the owner of what it makes."""
        instead = self._ground.instead(statement) if self._ground else None
        if instead is not None:
            if instead and (move := elevation.find_lift(instead)) is not None:
                self._lift(move)
        elif _GRANT.match(statement) or _session(statement):
            self._privileges.append(statement)
        elif _OWNED_BY_SUPERUSERS.match(statement) and _OWNER.match(statement):
            return
        elif _OWNER.match(statement) and _owner(statement) is not None:
            # Any other owner is a role that nothing can belong to here, or somebody reaches for what was here before.
            if elevation.hands_over(statement, self._owners):
                self._late.append(statement)
        elif _LIFTABLE.match(statement) and (lift := elevation.lifted_for_copy(statement)) is not None:
            owner = _owner(following) if _OWNER.match(following) else None
            self._lift(lift if owner != ADMIN else elevation.without_adoption(lift))
        else:
            self._connection.execute(standin_rewrites.rewrite(statement, self._standins).encode())

    def make_invalid(self, index: InvalidIndex) -> None:
        """Make the index, and have it marked as it is in the source: nothing of the guest's runs in that."""
        (statement,) = split(index.definition) if _is_index(index.definition) else ("",)
        if not statement:
            raise failure(f"not an index: {index.definition[:_SHOWN]}")
        self._connection.execute(statement.encode())
        name = literal(f"{quoted_identifier(index.schema)}.{quoted_identifier(index.name)}")
        self._lift(
            elevation.Lift(
                "UPDATE pg_catalog.pg_index SET indisvalid = false"
                f" WHERE indexrelid OPERATOR(pg_catalog.=) {name}::pg_catalog.regclass"
            )
        )

    def carry(self, source: frozenset[tuple[str, str, str]]) -> None:
        """Write down what the source has and the copy lacks, so that a comparison names it: as text, which nothing runs."""
        self._connection.execute("SELECT pg_catalog.set_config('search_path', '', false)")
        there = set(self._connection.execute(undumped.QUERY.encode()).fetchall())
        rows = [
            f"({number}, 0, 0, {literal(undumped.CARRIED)}, {literal(json.dumps(thing))})"
            for number, thing in enumerate(sorted(source - there), 1)
        ]
        if rows:
            into = "INSERT INTO pg_catalog.pg_seclabel (objoid, classoid, objsubid, provider, label)"
            self._lift(elevation.Lift(f"{into} VALUES {', '.join(rows)}"))

    def finish(self) -> None:
        """Hand over what has an owner in the dump, the rest to `postgres`; then give and take privileges."""
        self._connection.execute("RESET ROLE")
        for statement in self._ground.after() if self._ground else ():
            self._connection.execute(statement.encode())
        # A new owner needs CREATE in the schema, which the role that made an object there need not have had for long.
        for statement in self._late:
            self._lift(elevation.Lift(statement))
        self._lift(elevation.Lift(f'REASSIGN OWNED BY "{ROLE}" TO postgres'))
        for statement in self._privileges:
            session = _session(statement)
            if session:
                self._try(session)
            else:
                self._grant(statement)
        self._connection.execute("RESET ROLE")

    def _try(self, statement: str) -> bool:
        import psycopg

        try:
            self._connection.execute(statement.encode())
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject):
            return False
        return True

    def _grant(self, statement: str) -> None:
        # Members of extensions belong to the superuser, and what they are open to counts in a comparison.
        self._warned = False
        if (not self._try(statement) or self._warned) and (lift := elevation.lifted_grant(statement)) is not None:
            self._lift(lift)

    def _lift(self, lift: elevation.Lift) -> None:
        self._connection.execute(elevation.call(lift, self._key).encode())


def _is_index(text: str) -> bool:
    """Whether it is one CREATE INDEX and nothing else."""
    import postgast

    try:
        found = postgast.parse(text).stmts
    except postgast.PgQueryError:
        return False
    return len(found) == 1 and found[0].stmt.WhichOneof("node") == "index_stmt"


def _session(statement: str) -> str | None:
    found = _AUTHORIZATION.fullmatch(statement)
    if found:
        return f"SET ROLE {found[1]}"
    return "RESET ROLE" if statement == "RESET SESSION AUTHORIZATION" else None


def _owner(statement: str) -> str | None:
    """The role that an ALTER … OWNER TO names."""
    import postgast
    from postgast import pg_query_pb2 as ast

    try:
        (found,) = postgast.parse(statement).stmts
    except (postgast.PgQueryError, ValueError):
        return None
    node = found.stmt
    kind = node.WhichOneof("node")
    if kind == "alter_owner_stmt":
        return str(node.alter_owner_stmt.newowner.rolename)
    if kind == "alter_table_stmt" and len(node.alter_table_stmt.cmds) == 1:
        command = node.alter_table_stmt.cmds[0].alter_table_cmd
        return str(command.newowner.rolename) if command.subtype == ast.AT_ChangeOwner else None
    return None
