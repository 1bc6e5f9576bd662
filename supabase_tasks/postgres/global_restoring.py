"""Making what belongs to an embedded server what it was when a template of it was made: the server has one, whichever branch's
history is replayed next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supabase_tasks.postgres.global_objects import LABEL, LIMIT, UNTIL, GlobalObjects, read

if TYPE_CHECKING:
    import psycopg


def restore(connection: psycopg.Connection[Any], wanted: GlobalObjects) -> None:
    """Make attributes and memberships of visible roles and what is set what they were, on an embedded server; `connection`
    is the superuser's."""
    now = read(connection, "postgres")
    if now.attributes != wanted.attributes:
        _restore_attributes(connection, now, wanted)
    if now.members != wanted.members:
        _restore_members(connection, now, wanted)
    if now.settings != wanted.settings:
        _restore_settings(connection, now, wanted)


def _restore_attributes(connection: psycopg.Connection[Any], now: GlobalObjects, wanted: GlobalObjects) -> None:
    from psycopg import sql

    for place in now.attributes.keys() | wanted.attributes.keys():
        role, word = place
        value = wanted.attributes.get(place)
        if value == now.attributes.get(place) or role not in now.roles:
            continue
        if word.startswith(LABEL):
            _restore_label(connection, role, word.removeprefix(LABEL), value)
        elif value is not None:
            number = sql.SQL(value if word == LIMIT else "")
            what = sql.Literal(value) if word == UNTIL else number
            text = sql.SQL("ALTER ROLE {} " + (f"NO{word}" if value == "false" else f"{word} {{}}"))
            connection.execute(text.format(*(sql.Identifier(role), what)[: 1 if value == "false" else 2]))


def _restore_label(connection: psycopg.Connection[Any], role: str, provider: str, label: str | None) -> None:
    given = {"role": role, "provider": provider, "label": label}
    connection.execute(
        "DELETE FROM pg_catalog.pg_shseclabel WHERE classoid = 1260 AND provider = %(provider)s"
        " AND objoid = to_regrole(quote_ident(%(role)s))::oid",
        given,
    )
    if label is not None:
        connection.execute(
            "INSERT INTO pg_catalog.pg_shseclabel (objoid, classoid, provider, label)"
            " SELECT to_regrole(quote_ident(%(role)s))::oid, 1260, %(provider)s, %(label)s",
            given,
        )


def _restore_members(connection: psycopg.Connection[Any], now: GlobalObjects, wanted: GlobalObjects) -> None:
    from psycopg import sql

    for role, member in now.members.keys() - {
        pair for pair, own in wanted.members.items() if now.members.get(pair) == own
    }:
        rows = connection.execute(
            "SELECT DISTINCT a.grantor::regrole::text FROM pg_catalog.pg_auth_members a"
            " WHERE a.roleid = to_regrole(quote_ident(%s)) AND a.member = to_regrole(quote_ident(%s))",
            (role, member),
        )
        for (grantor,) in rows.fetchall():
            text = sql.SQL("REVOKE {} FROM {} GRANTED BY {} CASCADE")
            connection.execute(text.format(sql.Identifier(role), sql.Identifier(member), sql.SQL(grantor)))
    there = read(connection, "postgres")
    for (role, member), options in wanted.members.items():
        if (role, member) in there.members or not {role, member} <= there.roles:
            continue
        words = "ADMIN {}, INHERIT {}, SET {}".format(*options) if connection.info.server_version >= 160000 else ""
        words = words or ("ADMIN OPTION" if options[0] else "")
        text = sql.SQL("GRANT {} TO {}" + (f" WITH {words}" if words else ""))
        connection.execute(text.format(sql.Identifier(role), sql.Identifier(member)))


def _restore_settings(connection: psycopg.Connection[Any], now: GlobalObjects, wanted: GlobalObjects) -> None:
    """The catalog's rows are written as they were: a statement would read a list as one name."""
    for place in {where.partition(": ")[0] for where in (*now.settings, *wanted.settings)}:
        values = [
            f"{name}={value}"
            for where, value in sorted(wanted.settings.items())
            for of, _, name in [where.partition(": ")]
            if of == place
        ]
        role = "0" if place == "database" else "to_regrole(quote_ident(%(role)s))::oid"
        base = (
            "0"
            if place != "database" and not place.endswith(" in the database")
            else ("(SELECT oid FROM pg_catalog.pg_database WHERE datname = 'postgres')")
        )
        given = {"role": place.removeprefix("role ").removesuffix(" in the database"), "values": values}
        gone = f"DELETE FROM pg_catalog.pg_db_role_setting WHERE setrole = {role} AND setdatabase = {base}"
        connection.execute(gone.encode(), given)
        if values:
            into = (
                f"INSERT INTO pg_catalog.pg_db_role_setting SELECT {base}, {role}, %(values)s WHERE {role} IS NOT NULL"
            )
            connection.execute(into.encode(), given)
