"""What to do about a statement of the models that PostgreSQL refuses."""

from __future__ import annotations

import re

from supabase_tasks.models.declaration import Statement

_SYNTAX, _NO_OBJECT, _NO_FUNCTION, _NO_TABLE, _NO_SCHEMA = "42601", "42704", "42883", "42P01", "3F000"
_NO_NUMBER, _TAKEN = "22P02", "42P07"
_SHAPE = re.compile(
    r"\b(geometry|geography)\((?!\d)(?!(?:multi)?(?:point|linestring|polygon|geometry)\w*\s*[,)])([^)]*)\)",
    re.IGNORECASE,
)
_CORRECT = "correct the model, then run the same command again"
# What the extensions that Supabase offers bring, by the name that PostgreSQL misses
# (https://supabase.com/docs/guides/database/extensions, https://www.postgresql.org/docs/17/contrib.html).
_BROUGHT = (
    ("postgis", r"geometry|geography|box2d|box3d|st_\w+|gist_geo\w+|postgis\w*|spatial_ref_sys"),
    (
        "vector",
        r"vector|halfvec|sparsevec|hnsw|ivfflat|(?:vector|halfvec|sparsevec|bit)_(?:l2|ip|cosine|l1|hamming|jaccard)_ops",
    ),
    ("citext", r"citext"),
    ("hstore", r"hstore|(?:gin|gist)_hstore_ops"),
    ("ltree", r"ltree|lquery|ltxtquery|gist_ltree_ops"),
    ("cube", r"cube|gist_cube_ops"),
    ("earthdistance", r"earth|ll_to_earth|earth_\w+"),
    ("isn", r"isbn(?:13)?|issn(?:13)?|ean13|upc|ismn(?:13)?"),
    ("intarray", r"gin__int_ops|gist__int(?:big)?_ops|query_int"),
    ("pg_trgm", r"(?:gin|gist)_trgm_ops|(?:strict_)?(?:word_)?similarity(?:_op)?|show_trgm"),
    ("btree_gist", r"gist_(?:int[248]|text|uuid|date|time\w*|float[48]|numeric|bool|enum|inet|bpchar|bytea|bit)_ops"),
    ("uuid-ossp", r"uuid_generate_v\w+|uuid_ns_\w+|uuid_nil"),
    ("pgcrypto", r"gen_salt|crypt|digest|hmac|gen_random_bytes|pgp_\w+|armor|dearmor"),
    ("unaccent", r"unaccent"),
    ("fuzzystrmatch", r"levenshtein\w*|soundex|difference|d?metaphone\w*|daitch_mokotoff"),
    ("tablefunc", r"crosstab\w*|connectby|normal_rand"),
    ("moddatetime", r"moddatetime"),
    ("pg_cron", r"cron"),
    ("pg_net", r"net"),
    ("pgmq", r"pgmq"),
    ("http", r"http(?:_\w+)?|urlencode"),
    ("pg_jsonschema", r"jsonb?_matches_schema"),
    ("pgjwt", r"sign|verify|url_encode"),
    ("pg_hashids", r"id_encode|id_decode\w*"),
    ("bloom", r"bloom"),
    ("rum", r"rum(?:_\w+)?"),
    ("pgroonga", r"pgroonga(?:_\w+)?"),
    ("pgrouting", r"pgr_\w+"),
)
_MISSES = re.compile(
    r'(?:type|operator class|access method|schema|relation|text search dictionary) "(?P<name>[^"]+)" does not exist'
    r"|function (?P<function>[\w.\"]+)\(.*\) does not exist"
)
_REQUIRES = re.compile(r'required extension "([^"]+)" is not installed')
_UNAVAILABLE = re.compile(r'extension "([^"]+)" is not available')
_OPTION = re.compile(r'unrecognized parameter "')
# Access methods of stand-ins that take no options (postgres/extensions).
_PLAIN_METHOD = re.compile(r"\bUSING\s+\"?(pgroonga|rum)\b", re.IGNORECASE)
_NO_DEFAULT_CLASS = re.compile(r'has no default operator class for access method "(gist|gin)"')
# SQLAlchemy takes each text for one name, and doubles the quotes in it.
_NAME = r'(?:"(?:[^"]|"")*"|\w+)'
_INHERITS = re.compile(rf"\sINHERITS\s*\(\s*({_NAME}(?:\s*,\s*{_NAME})*)\s*\)\s*\Z")


def advice(statement: Statement, sqlstate: str, message: str) -> str:
    """The next step for the author of the statement."""
    if sqlstate == _SYNTAX and _is_virtual(statement.sql):
        return (
            "PostgreSQL has virtual computed columns from version 18 on: write sa.Computed(…, persisted=True), or set a"
            " newer major_version in supabase/config.toml"
        )
    if sqlstate == _NO_TABLE and (parent := _parent(statement.sql)):
        return _as_one_name(parent)
    if sqlstate == _NO_NUMBER and (shape := _SHAPE.search(statement.sql)):
        return f"correct the shape: PostGIS knows no {shape[1]}({shape[2]}), see its list of geometry types"
    if sqlstate == _TAKEN and statement.identity[-1].endswith("_seq"):
        return (
            "give it another name: the sequence of a serial or identity column is called TABLE_COLUMN_seq, and has this one,"
            " then run the same command again"
        )
    if missing := _missing_here(statement.sql, message):
        return f"let postgres_path name a PostgreSQL that has {missing} (docs/embedded-database.md#providers)"
    extension = _extension(message)
    if extension is not None:
        return f"declare the extension that brings it: Extension({extension!r}) (from supabase_tasks.schema import Extension)"
    return _undeclared_type(message) if sqlstate == _NO_OBJECT else _CORRECT


def _parent(sql: str) -> str | None:
    """The first text of `postgresql_inherits` that is more than one plain name, as its author wrote it."""
    listed = _INHERITS.search(sql)
    names = re.findall(_NAME, listed[1]) if listed else []
    written = [name[1:-1].replace('""', '"') for name in names if name.startswith('"')]
    return next((name for name in written if "." in name or '"' in name), None)


def _as_one_name(parent: str) -> str:
    plain = parent.replace('"', "")
    if "." not in plain:
        return f"write {plain!r} in postgresql_inherits: SQLAlchemy puts the quotes around the name"
    return (
        f"postgresql_inherits takes {parent!r} for one name: write TableOptions(inherits=[{plain!r}]) in the table's"
        " definition instead, which has the parent's columns too"
    )


def _is_virtual(sql: str) -> bool:
    return (
        "GENERATED ALWAYS AS (" in sql
        and re.search(r"\)\s*(?:VIRTUAL\b|,|$|\n|NOT NULL)", sql) is not None
        and (sql.count("GENERATED ALWAYS AS (") > sql.count(") STORED"))
    )


def _missing_here(sql: str, message: str) -> str | None:
    """The extension that hosted Supabase may have and this server has not, or only as a stand-in without its options."""
    if found := _UNAVAILABLE.search(message):
        return f"{found[1]}, for which there is no stand-in"
    method = _PLAIN_METHOD.search(sql) if _OPTION.search(message) else None
    return f"{method[1].lower()} itself, whose stand-in takes no options" if method else None


def _extension(message: str) -> str | None:
    if found := _NO_DEFAULT_CLASS.search(message):
        return f"btree_{found[1]}"
    if found := _REQUIRES.search(message):
        return found[1]
    missed = _MISSES.search(message)
    if missed is None:
        return None
    name = (missed["name"] or missed["function"]).replace('"', "").rpartition(".")[2].lower()
    return next((extension for extension, names in _BROUGHT if re.fullmatch(names, name)), None)


def _undeclared_type(message: str) -> str:
    missed = _MISSES.search(message)
    if missed is None or not message.startswith("type "):
        return _CORRECT
    return (
        f"declare {missed['name']}: an Enum or DOMAIN of SQLAlchemy, a Domain, CompositeType or RangeType of"
        " supabase_tasks.schema, a CREATE TYPE in the sql folder, or the Extension that brings it"
    )
