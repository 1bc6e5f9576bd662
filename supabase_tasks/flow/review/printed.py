"""One schema before and after a change, as the same server prints both, and which objects have another name now.

The side after is a copy of the side before that the migration was applied to: what the migration does not touch is printed as
it was, to the last parenthesis, and an object that was renamed has kept its OID.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supabase_tasks.draw.changed import Card
    from supabase_tasks.postgres import Server

# With an empty search path PostgreSQL writes the arguments of a routine as pg_dump's headings do.
_NAMES = """
SELECT 'relation', c.oid::bigint, n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
UNION ALL
SELECT 'type', t.oid::bigint, n.nspname || '.' || t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND EXISTS (
    SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
UNION ALL
SELECT 'routine', p.oid::bigint, n.nspname || '.' || p.proname || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')'
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.oid >= 16384
"""


@dataclass(frozen=True, slots=True)
class DumpPair:
    """Both dumps, and the new name of each object that was renamed."""

    before: str
    after: str
    renamed: Mapping[str, str]

    def cards(self) -> tuple[Card, ...]:
        """What differs, object by object, with nothing that would be a secret."""
        from dataclasses import replace

        from supabase_tasks.diff.proof.dump import normal
        from supabase_tasks.draw import changed
        from supabase_tasks.sql_secrets import mask_secrets

        found = changed.compare(self.before, self.after, normal=normal, renamed=self.renamed)
        shown = (replace(one, before=mask_secrets(one.before), after=mask_secrets(one.after)) for one in found)
        return tuple(changed.cards(shown, self.renamed))


def read(server: Server, before: str, after: str) -> DumpPair:
    """Both databases of `server`; `after` was made as a copy of `before`. Raises `ProcessError` when pg_dump fails."""
    old, new = _names(server, before), _names(server, after)
    renamed = {name: new[key] for key, name in old.items() if key in new and new[key] != name}
    return DumpPair(server.dump_schema(before), server.dump_schema(after), renamed)


def _names(server: Server, database: str) -> Mapping[tuple[str, int], str]:
    with server.connect(database) as connection:
        connection.execute("SELECT pg_catalog.set_config('search_path', '', false)")
        rows: list[tuple[Any, ...]] = connection.execute(_NAMES).fetchall()
    return {(kind, oid): name for kind, oid, name in rows}
