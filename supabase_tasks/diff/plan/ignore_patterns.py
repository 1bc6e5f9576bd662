"""The patterns of the setting `ignore` that can cover nothing: what is misspelt there is compared, and found by its effect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks import did_you_mean
from supabase_tasks.diff.ddl.names import join_dotted
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.errors import SettingsError
from supabase_tasks.setting_values import SECTION

if TYPE_CHECKING:
    import psycopg

    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.settings import Settings

_BARE = re.compile(r"[^.:*?\[\]]+")
# How much the word before a colon is like a kind's that is meant to be it.
_SAME_KIND = 0.8
# What has a name without a schema.
_NAMES = " UNION ALL ".join(
    f"SELECT {column}::text FROM pg_catalog.{catalog}"
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
).encode()


def refuse_unknown(
    settings: Settings, connections: Sequence[psycopg.Connection[Any]], snapshots: Sequence[Snapshot]
) -> None:
    """Raises `SettingsError` for a name without a schema that none of the databases behind `connections` has, and for a
    misspelt kind. `snapshots` are theirs."""
    for pattern in settings.ignore:
        kind, colon, name = pattern.partition(":")
        meant = did_you_mean.nearest(kind, KINDS, alike=_SAME_KIND) if colon and kind not in KINDS else None
        if meant:
            raise _wrong(settings, pattern, f"there is no kind {kind!r}", f"{meant}:{name}")
    bare = [pattern for pattern in settings.ignore if _BARE.fullmatch(pattern)]
    known = {row[0] for connection in connections for row in connection.execute(_NAMES)} if bare else set()
    for pattern in bare:
        if pattern not in known:
            raise _wrong(
                settings, pattern, f"no schema or extension is called {pattern!r}", _full_name(pattern, snapshots)
            )


def _full_name(name: str, snapshots: Sequence[Snapshot]) -> str | None:
    """The object of that name in some schema."""
    found = sorted({one for snapshot in snapshots for _, one in snapshot.items if one[1:] == (name,)})
    return join_dotted(*found[0]) if found else None


def _wrong(settings: Settings, pattern: str, cause: str, meant: str | None) -> SettingsError:
    return SettingsError(
        f"{settings.place('ignore')}[{SECTION}] ignore has {pattern!r}, which covers nothing",
        cause=f"{cause}\ndid you mean {meant!r}?" if meant else cause,
        next_step=f"write {meant!r}"
        if meant
        else f"write 'schema.{pattern}', or '{pattern}.*' for a schema of a target",
    )
