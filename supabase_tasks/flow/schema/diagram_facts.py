"""What a schema says beyond tables and columns: indexes, policies, triggers, grants; enums, views, functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from supabase_tasks.draw.diagram import Detail

if TYPE_CHECKING:
    from supabase_tasks.models.declaration import Models
    from supabase_tasks.models.language.words import Word


class Fact(NamedTuple):
    """One object as SQL, its kind by the word of the schema language."""

    kind: str
    identity: tuple[str, ...]
    sql: str


Details = Mapping[str, Sequence[Detail]]


def of_models(models: Models) -> tuple[Details, Sequence[Detail]]:
    """The details of each table by its name, and the rest. Raises `ModelsError` for what cannot be compiled."""
    from supabase_tasks.models.ddl import ddl_statements

    indexes = {
        (table.schema or "public", str(index.name)): f"{table.schema or 'public'}.{table.name}"
        for table in models.metadata.tables.values()
        for index in table.indexes
    }
    known = {f"{table.schema or 'public'}.{table.name}" for table in models.metadata.tables.values()}
    facts = (Fact(one.kind, tuple(map(str, one.identity)), one.sql) for one in ddl_statements(models))
    return place_facts(facts, indexes, known)


def place_facts(
    facts: Iterable[Fact], indexes: Mapping[tuple[str, str], str], known: Collection[str]
) -> tuple[Details, Sequence[Detail]]:
    """The facts that a diagram shows: those of each of the tables `known` by its name, and the rest. `indexes` has the table of
    each index by its schema and name."""
    from supabase_tasks.models.language.words import all_words

    details: dict[str, list[Detail]] = defaultdict(list)
    others: list[Detail] = []
    for one in facts:
        text, word = one.sql.strip(), all_words()[one.kind]
        table = _table(one, word, indexes)
        if table is not None and table in known:
            kind = "grant" if one.kind == "revoke" else one.kind
            details[table].append(Detail(kind, str(one.identity[-1]), text, word.noun))
        elif word.drawn == "by itself":
            others.append(Detail(one.kind, _name(one.identity), text, word.noun, word.is_type))
        elif table is not None and word.drawn is not None:
            noun = f"{word.noun or word.name} of the platform's tables"
            others.append(Detail(one.kind, f"{table}: {one.identity[-1]}", text, noun))
    return details, others


def _table(one: Fact, word: Word, indexes: Mapping[tuple[str, str], str]) -> str | None:
    if one.kind == "index":
        # Its name is one of its schema.
        return indexes.get((one.identity[0], one.identity[-1]))
    if word.drawn == "with its table":
        return ".".join(one.identity[:2])
    if one.kind in ("grant", "revoke") and one.identity[0] == "table":
        return ".".join(one.identity[1:3])
    return None


def _name(identity: Sequence[str]) -> str:
    """`private.is_member(uuid)` for a routine, which has its types as third part."""
    head = ".".join(identity[:2])
    return f"{head}({', '.join(identity[2:])})" if len(identity) > 2 else head
