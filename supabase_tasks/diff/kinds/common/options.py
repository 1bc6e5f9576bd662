"""OPTIONS (…) of foreign data wrappers, servers, tables and user mappings; some of them are secrets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.ddl.secret_options import is_secret
from supabase_tasks.diff.errors import unplannable
from supabase_tasks.sql_text import literal


def pairs(texts: Sequence[str]) -> dict[str, str]:
    """PostgreSQL's `name=value` texts by name."""
    return {name: value for name, _, value in (text.partition("=") for text in texts)}


def create_clause(texts: Sequence[str], of: Item) -> str:
    """The OPTIONS clause for a new object with a blank before it, or nothing. Raises `DiffError` where one is secret."""
    return _clause([f"{ident(name)} {literal(value)}" for name, value in _shown_options(pairs(texts), of).items()])


def alter_clause(old: Sequence[str], new: Sequence[str], of: Item) -> str:
    """The OPTIONS clause that makes `new` of `old`, or nothing. Raises `DiffError` where a value to write is secret."""
    before, after = pairs(old), pairs(new)
    written = _shown_options({name: value for name, value in after.items() if before.get(name) != value}, of)
    words = [f"DROP {ident(name)}" for name in before if name not in after]
    words += [f"{'SET' if name in before else 'ADD'} {ident(name)} {literal(value)}" for name, value in written.items()]
    return _clause(words)


def _clause(words: Sequence[str]) -> str:
    return f" OPTIONS ({', '.join(words)})" if words else ""


def _shown_options(options: Mapping[str, str], of: Item) -> Mapping[str, str]:
    secret = sorted(name for name in options if is_secret(name))
    if secret:
        raise unplannable(f"a migration is no place for the options of {of.label}: {', '.join(secret)}", of)
    return options
