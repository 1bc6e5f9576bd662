"""The patterns of the setting `ignore` that can cover nothing: what is misspelt there is compared, and found by its effect."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from supabase_tasks import console, did_you_mean
from supabase_tasks.diff.ddl.names import join_dotted
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.errors import SettingsError
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS
from supabase_tasks.setting_values import SECTION

if TYPE_CHECKING:
    import psycopg

    from supabase_tasks.settings import Settings

_BARE = re.compile(r"[^.:*?\[\]]+")
_WILD = re.compile(r"[*?\[]")
# How much a word is like the kind, or the name, that is meant to be it: an object may be on a target alone.
_SAME_KIND = 0.8
_SAME_NAME = 0.85
# What has a name without a schema, and what has one in a schema.
_NAMES = " UNION ALL ".join(
    (
        *(
            f"SELECT {column}::text, NULL FROM pg_catalog.{catalog}"
            for catalog, column in (
                ("pg_namespace", "nspname"),
                ("pg_extension", "extname"),
                ("pg_publication", "pubname"),
                ("pg_event_trigger", "evtname"),
                ("pg_language", "lanname"),
                ("pg_foreign_server", "srvname"),
                ("pg_foreign_data_wrapper", "fdwname"),
                ("pg_am", "amname"),
                ("pg_roles", "rolname"),
            )
        ),
        *(
            f"SELECT nspname::text, {prefix}name::text FROM pg_catalog.{catalog} JOIN pg_catalog.pg_namespace n"
            f" ON n.oid = {prefix}namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
            for catalog, prefix in (
                ("pg_class", "rel"),
                ("pg_proc", "pro"),
                ("pg_type", "typ"),
                ("pg_constraint", "con"),
                ("pg_operator", "opr"),
                ("pg_collation", "coll"),
                ("pg_ts_config", "cfg"),
            )
        ),
    )
).encode()
Names = Collection[tuple[str, ...]]


def refuse_unknown(settings: Settings, connections: Sequence[psycopg.Connection[Any]]) -> None:
    """Raises `SettingsError` for a name without a schema that none of the databases behind `connections` has, and for a
    misspelt kind. Warns of a name in a schema that they have almost: it may be one of a target's."""
    for pattern in settings.ignore:
        kind, colon, name = pattern.partition(":")
        meant = did_you_mean.nearest(kind, KINDS, alike=_SAME_KIND) if colon and kind not in KINDS else None
        if meant:
            raise _wrong(settings, pattern, f"there is no kind {kind!r}", f"{meant}:{name}")
    rows = [row for connection in connections for row in connection.execute(_NAMES)]
    known = {tuple(part for part in row if part is not None) for row in rows}
    for pattern in settings.ignore:
        if _BARE.fullmatch(pattern) and (pattern,) not in known:
            raise _wrong(settings, pattern, f"no schema or extension is called {pattern!r}", _full_name(pattern, known))
        if meant := _almost(pattern, known):
            console.note(
                f"warning: {settings.place('ignore')}[{SECTION}] ignore has {pattern!r}, which covers nothing of the models or"
                f" the migrations; did you mean {meant!r}?"
            )


def _almost(pattern: str, known: Names) -> str | None:
    """The pattern as it is meant where the first of its parts that none of the `known` names has is misspelt."""
    kind, colon, name = pattern.rpartition(":")
    parts = name.split(".")
    # A name that has a dot in it is written like two; what is below an object is its own affair.
    if len(parts) < 2 or any(fnmatchcase(".".join(one), ".".join(parts[:2])) for one in known):
        return None
    schemas = {one[0] for one in known if len(one) > 1}
    if _WILD.search(parts[0]) or parts[0] in PLATFORM_SCHEMAS:
        return None
    if (parts[0],) not in known:
        meant = _nearest(parts[0], schemas.difference(PLATFORM_SCHEMAS))
        return f"{kind}{colon}{'.'.join([meant, *parts[1:]])}" if meant else None
    inside = {one[1] for one in known if one[0] == parts[0] and len(one) > 1}
    meant = _nearest(parts[1], inside)
    return f"{kind}{colon}{'.'.join([parts[0], meant, *parts[2:]])}" if meant else None


def _nearest(part: str, names: Collection[str]) -> str | None:
    """The name, or of `legcy_*` the pattern, that is meant."""
    stem = part.rstrip("*")
    if _WILD.search(stem):
        return None
    if stem == part:
        return did_you_mean.nearest(part, names, alike=_SAME_NAME)
    starts = {name[:length] for name in names for length in range(len(stem) - 1, len(stem) + 2)}
    meant = did_you_mean.nearest(stem, starts, alike=_SAME_NAME)
    return f"{meant}*" if meant else None


def _full_name(name: str, known: Names) -> str | None:
    """The object of that name in some schema."""
    found = sorted(one for one in known if one[1:] == (name,))
    return join_dotted(*found[0]) if found else None


def _wrong(settings: Settings, pattern: str, cause: str, meant: str | None) -> SettingsError:
    return SettingsError(
        f"{settings.place('ignore')}[{SECTION}] ignore has {pattern!r}, which covers nothing",
        cause=f"{cause}\ndid you mean {meant!r}?" if meant else cause,
        next_step=f"write {meant!r}"
        if meant
        else f"write 'schema.{pattern}', or '{pattern}.*' for a schema of a target",
    )
