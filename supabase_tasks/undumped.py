"""What belongs to a schema and `pg_dump --schema-only` does not say, or says only where the server has what it names.

Such things are compared by themselves, and a copy that is made from a dump carries what it lacks as text, so that they are
named whichever way a database comes here. Sources: PostgreSQL 17, pg_dump.c: getProcLangs() (languages without a handler are
left out with their privileges), selectDumpableType() (array types, multiranges and the row types of tables), dumpRule()
(views' own rules), dumpTrigger() (no internal ones).
"""

from __future__ import annotations

from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS

# The provider under which a copy carries what it cannot have: no label provider may have a name with a space.
CARRIED = "supabase tasks"
# pg_class, pg_proc, pg_type, pg_namespace, pg_publication, pg_event_trigger: labels on what is compared.
LABELLED = "1259, 1255, 1247, 2615, 6104, 3466"
_LEFT_OUT = ", ".join(f"'{name}'" for name in (*PLATFORM_SCHEMAS, "information_schema"))
# An access list without who granted what; the owner's name differs from server to server.
_LIST = """
    (SELECT string_agg(entry, ' ' ORDER BY entry) FROM (SELECT DISTINCT format('%s=%s%s',
        CASE e.grantee WHEN 0 THEN 'PUBLIC' WHEN {owner} THEN 'owner' ELSE pg_catalog.pg_get_userbyid(e.grantee) END,
        e.privilege_type, CASE WHEN e.is_grantable THEN '*' END) AS entry FROM pg_catalog.aclexplode({list}) e) entries)
"""


def ours(alias: str = "n") -> str:
    """SQL that holds for a pg_namespace row (`alias`) that is neither PostgreSQL's nor the platform's."""
    return f"{alias}.nspname !~ '^pg_' AND {alias}.nspname NOT IN ({_LEFT_OUT})"


def no_member(catalog: int | str, oid: str) -> str:
    """SQL that holds when no extension made the object (`oid` in the catalog of that OID)."""
    return (
        "NOT EXISTS (SELECT FROM pg_catalog.pg_depend x"
        f" WHERE x.classid = {catalog} AND x.objid = {oid} AND x.deptype = 'e')"
    )


def may_grant_on_language(owner: str) -> str:
    """SQL that holds when the role that reads may grant on a language of `owner` (an OID): then a kind plans it."""
    return f"pg_catalog.pg_has_role({owner}, 'USAGE')"


# Statements that say the security labels of a project's objects.
LABELS = f"""
    SELECT format('SECURITY LABEL FOR %I ON %s %s IS %L', l.provider, replace(l.objtype, 'window', 'function'), l.objname,
        l.label)
    FROM pg_catalog.pg_seclabels l
        CROSS JOIN LATERAL pg_catalog.pg_identify_object(l.classoid, l.objoid, l.objsubid) o
        LEFT JOIN pg_catalog.pg_namespace n ON n.oid = CASE WHEN l.classoid = 2615 THEN l.objoid
            ELSE (SELECT s.oid FROM pg_catalog.pg_namespace s WHERE s.nspname = o.schema) END
    WHERE l.classoid IN ({LABELLED}) AND (n.oid IS NULL OR {ours()}) AND {no_member("l.classoid", "l.objoid")} ORDER BY 1
"""
_LABELS = f"""
    SELECT 'security label', format('%s by %s', o.identity, l.provider), l.label
    FROM pg_catalog.pg_seclabel l
        CROSS JOIN LATERAL pg_catalog.pg_identify_object(l.classoid, l.objoid, l.objsubid) o
    WHERE l.classoid NOT IN (0, {LABELLED}) AND o.identity IS NOT NULL
"""
_SUBSCRIPTIONS = """
    SELECT 'subscription', quote_ident(s.subname), format('%s enabled=%s binary=%s slot=%s commit=%s', s.subpublications,
        s.subenabled, s.subbinary, s.subslotname, s.subsynccommit)
    FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
    WHERE d.datname = pg_catalog.current_database()
"""
_LANGUAGES = f"""
    SELECT 'grant on language', l.lanname::text, coalesce({_LIST.format(owner="l.lanowner", list="l.lanacl")}, '')
    FROM pg_catalog.pg_language l WHERE l.lanacl IS NOT NULL
        AND l.lanacl::text[] <> acldefault('l', l.lanowner)::text[]
"""
_ROW_TYPES = f"""
    SELECT 'grant on row type', format('%I.%I', n.nspname, t.typname),
        coalesce({_LIST.format(owner="t.typowner", list="t.typacl")}, '')
    FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    WHERE t.typacl IS NOT NULL AND c.relkind <> 'c' AND {ours()} AND {no_member(1259, "c.oid")}
"""
_COMMENTS = f"""
    SELECT 'comment on type', pg_catalog.format_type(t.oid, NULL), s.description
    FROM pg_catalog.pg_description s JOIN pg_catalog.pg_type t ON t.oid = s.objoid
        JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    WHERE s.classoid = 1247 AND s.objoid >= 16384 AND (t.typtype = 'm' OR t.typcategory = 'A' OR c.relkind <> 'c')
        AND {ours()} AND {no_member(1247, "t.oid")}
    UNION ALL
    SELECT 'comment on rule', format('"_RETURN" on %s', c.oid::regclass), s.description
    FROM pg_catalog.pg_description s JOIN pg_catalog.pg_rewrite r ON r.oid = s.objoid
        JOIN pg_catalog.pg_class c ON c.oid = r.ev_class JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE s.classoid = 2618 AND r.rulename = '_RETURN' AND {ours()} AND {no_member(1259, "c.oid")}
"""
_SUBSCRIPTION_COMMENTS = """
    SELECT 'comment on subscription', quote_ident(s.subname), c.description
    FROM pg_catalog.pg_description c JOIN pg_catalog.pg_subscription s ON s.oid = c.objoid
        JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
    WHERE c.classoid = 6100 AND d.datname = pg_catalog.current_database()
"""
# ALTER TABLE … DISABLE TRIGGER ALL reaches those that enforce foreign keys and deferred unique constraints.
_TRIGGERS = f"""
    SELECT 'trigger of constraint', format('%s.%I', c.oid::regclass, k.conname), t.states
    FROM (SELECT i.tgrelid, i.tgconstraint, string_agg(i.tgenabled::text, '' ORDER BY i.tgfoid) AS states
            FROM pg_catalog.pg_trigger i WHERE i.tgisinternal AND i.tgconstraint <> 0 GROUP BY 1, 2
            HAVING bool_or(i.tgenabled <> 'O')) t
        JOIN pg_catalog.pg_constraint k ON k.oid = t.tgconstraint JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE {ours()} AND {no_member(1259, "c.oid")}
"""
_TABLESPACES = f"""
    SELECT 'tablespace', format('of %s', c.oid::regclass), s.spcname::text
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm', 'i', 'I') AND c.relpersistence <> 't' AND {ours()} AND {no_member(1259, "c.oid")}
"""
_CARRIED_ROWS = f"""
    SELECT l.label::json ->> 0, l.label::json ->> 1, l.label::json ->> 2
    FROM pg_catalog.pg_seclabel l WHERE l.classoid = 0 AND l.provider = '{CARRIED}'
"""

# Catalogs, each with a condition: one of them has a row wherever `QUERY` has one.
FOUND_IN = (
    "pg_seclabel",
    "pg_subscription",
    "pg_language WHERE lanacl IS NOT NULL",
    "pg_type WHERE typacl IS NOT NULL",
    "pg_description WHERE classoid IN (1247, 2618) AND objoid >= 16384",
    "pg_trigger WHERE tgisinternal AND tgenabled <> 'O'",
    "pg_class WHERE reltablespace <> 0 AND oid >= 16384",
)
# Yields rows (kind, name, definition); names are qualified where nothing is on the search path.
QUERY = " UNION ALL ".join(
    (
        _LABELS,
        _SUBSCRIPTIONS,
        _SUBSCRIPTION_COMMENTS,
        _LANGUAGES,
        _ROW_TYPES,
        _COMMENTS,
        _TRIGGERS,
        _TABLESPACES,
        _CARRIED_ROWS,
    )
)
