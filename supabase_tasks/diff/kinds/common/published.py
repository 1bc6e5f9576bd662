"""The options of a publication: what it sends, and under whose name."""

from __future__ import annotations

from typing import Any

# Over a row `p` of pg_publication, in PostgreSQL's order.
ACTIONS = """array_remove(ARRAY[CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END], NULL)"""


def option_changes(old: Any, new: Any) -> str:
    """The options that differ, as SET takes them."""
    words = [f"publish = '{', '.join(new.actions)}'"] if old.actions != new.actions else []
    if old.via_root != new.via_root:
        words.append(f"publish_via_partition_root = {str(new.via_root).lower()}")
    return ", ".join(words)


def option_list(publication: Any) -> str:
    """All options, as WITH takes them."""
    options = [f"publish = '{', '.join(publication.actions)}'"]
    return ", ".join([*options, "publish_via_partition_root = true"] if publication.via_root else options)
