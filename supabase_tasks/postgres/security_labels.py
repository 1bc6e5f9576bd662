"""Security labels where no label provider is loaded, which PostgreSQL refuses.

A provider is a library of its own (pgsodium in old Supabase projects) that says which labels it takes and what they do. Without
it a label is what PostgreSQL keeps of it, a row of pg_seclabel or pg_shseclabel, which `supabase_tasks_label` writes
(platform_sql/11_lift.sql). What it would do to queries, it does not do here.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postgast import pg_query_pb2 as ast

# The one that hosted Supabase has loaded (supabase/postgres, shared_preload_libraries): it is meant where none is named.
_ONLY_PROVIDER = "pgsodium"
_LABEL = re.compile(r"\bsecurity\b.{1,200}?\blabel\b", re.IGNORECASE | re.DOTALL)


def may_hold(text: str) -> bool:
    """Whether a statement sets a security label, or code in it may."""
    return _LABEL.search(text) is not None


def as_json(statement: str, node: ast.SecLabelStmt) -> str:
    """What `supabase_tasks_label` takes of a SECURITY LABEL statement: the COMMENT ON of the same object without its text (the
    grammar of both is one), whether the object belongs to the whole server, the provider and the label (null: none)."""
    import postgast
    from postgast import pg_query_pb2 as ast

    raw = statement.encode()
    tokens = [(ast.Token.Name(one.token), one.start, one.end) for one in postgast.scan(statement).tokens]
    begin = next(start for name, start, _ in tokens if name == "ON")
    end = next(end for name, _, end in reversed(tokens) if name == "IS")
    return json.dumps(
        {
            "comment": f"COMMENT {raw[begin:end].decode()} ",
            "shared": node.objtype in (ast.OBJECT_ROLE, ast.OBJECT_DATABASE, ast.OBJECT_TABLESPACE),
            "provider": node.provider or _ONLY_PROVIDER,
            "label": node.label if _has_label(tokens) else None,
        }
    )


def _has_label(tokens: list[tuple[str, int, int]]) -> bool:
    """An empty text is a label."""
    return not any(name == "NULL_P" for name, *_ in tokens[-2:])
