"""How the names of objects are said in questions and answers: dotted, a part in quotes where it would not be clear."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.diff.catalog.item import Identity, Key
from supabase_tasks.diff.ddl.names import join_dotted, qualified
from supabase_tasks.diff.kinds import is_routine


def spoken_name(key: Key) -> str:
    """The name of an object as `--rename` takes it: `public.t.c`, `public.t."a.b"`; a routine's without its arguments."""
    return join_dotted(*(key[1][:2] if is_routine(key[0]) else key[1]))


def forms(key: Key, identity: Identity | None = None) -> Iterator[str]:
    """Every way to say the object's name, clear ones first, as SQL writes it last; `identity` stands for the key's own."""
    identity = identity or key[1]
    name, arguments = (identity[:2], identity[2:]) if is_routine(key[0]) else (identity, ())
    for text in dict.fromkeys((join_dotted(*name), ".".join(name), qualified(*name))):
        if arguments:
            yield f"{text}({arguments[0]})"
        yield text


def short_forms(key: Key) -> Iterator[str]:
    """Ways to say the name that leave out where it lives: `c`, `t.c`."""
    name = key[1][:2] if is_routine(key[0]) else key[1]
    for start in range(1, len(name)):
        yield from forms(key, (*name[start:],) if not is_routine(key[0]) else (*name[start:], *key[1][2:]))


def said_forms(key: Key) -> Iterator[str]:
    """Every way to say the name, whole or short."""
    yield from forms(key)
    yield from short_forms(key)
