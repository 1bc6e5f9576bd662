"""Schemas, extensions, sequences, plain SQL."""

from __future__ import annotations

from dataclasses import dataclass

from supabase_tasks.models.declaration import Identity
from supabase_tasks.models.dialect import ident, qualified
from supabase_tasks.models.language.base import MetadataDeclared
from supabase_tasks.models.language.grants import Grantable, SchemaObject, Target
from supabase_tasks.models.language.words import Ahead, Phase, Word, register_word, relation_name
from supabase_tasks.sql_text import literal


@dataclass(frozen=True, eq=False)
class Schema(Grantable):
    """CREATE SCHEMA. A schema that a model only uses is created too; this says its grants and its comment."""

    name: str

    @property
    def kind(self) -> str:
        return "schema"

    @property
    def identity(self) -> Identity:
        return (self.name,)

    @property
    def target(self) -> Target:
        return ("schema", ident(self.name), self.identity)

    @property
    def on_clause(self) -> str:
        return f"schema {ident(self.name)}"

    def statements(self) -> list[str]:
        return [f"create schema if not exists {ident(self.name)}"]


@dataclass(frozen=True, eq=False)
class Extension(MetadataDeclared):
    """CREATE EXTENSION, in the schema `extensions` as Supabase does it unless said otherwise (None: its own choice)."""

    name: str
    schema: str | None = "extensions"
    version: str | None = None
    cascade: bool = False

    @property
    def kind(self) -> str:
        return "extension"

    @property
    def identity(self) -> Identity:
        return (self.name,)

    @property
    def on_clause(self) -> str:
        return f"extension {ident(self.name)}"

    def statements(self) -> list[str]:
        words = [
            f"create extension if not exists {ident(self.name)}",
            *([f"schema {ident(self.schema)}"] if self.schema else []),
            *([f"version {literal(self.version)}"] if self.version else []),
            *(["cascade"] if self.cascade else []),
        ]
        return [" ".join(words)]


@dataclass(frozen=True, eq=False)
class SequenceOptions(SchemaObject):
    """What SQLAlchemy's Sequence cannot say: its owner (`[schema.]table.column`), UNLOGGED, grants."""

    word = "sequence"
    grant_word = "sequence"
    name: str
    schema: str = "public"
    owned_by: str | None = None
    unlogged: bool = False

    @property
    def kind(self) -> str:
        return "sequence"

    def statements(self) -> list[str]:
        sequence = f"alter sequence {qualified(self.schema, self.name)}"
        owned = [f"{sequence} owned by {_column(self.owned_by)}"] if self.owned_by else []
        return [*owned, *([f"{sequence} set unlogged"] if self.unlogged else [])]


def _column(path: str) -> str:
    names = path.split(".")
    return ".".join(ident(name) for name in (names if len(names) == 3 else ["public", *names]))


@dataclass(frozen=True, eq=False)
class Sql(MetadataDeclared):
    """Plain SQL for what has no Python form: each statement becomes a declaration of its own, in order.

    The same as a file in the folder that `[tool.supabase-tasks] sql` names.
    """

    text: str

    @property
    def kind(self) -> str:
        return "sql"

    @property
    def identity(self) -> Identity:
        return (str(self.origin.file), str(self.origin.line)) if self.origin else (self.text,)

    def statements(self) -> list[str]:
        return [self.text]


register_word(
    Word(
        "schema",
        Phase.SCHEMA,
        space="schema",
        own_schema=True,
        sql={"create_schema_stmt": lambda s: (s.schemaname,)},
        ahead=Ahead.FIRST,
        privileges=(
            "usage",
            "create",
        ),
    )
)
register_word(
    Word(
        "extension",
        Phase.EXTENSION,
        space="extension",
        sql={"create_extension_stmt": lambda s: (s.extname,)},
        ahead=Ahead.FIRST,
    )
)
register_word(
    Word(
        "sequence",
        Phase.SEQUENCE,
        implies_schema=True,
        sql={"create_seq_stmt": lambda s: relation_name(s.sequence)},
        ahead=Ahead.RUN,
        named=True,
        privileges=(
            "usage",
            "select",
            "update",
        ),
    )
)
register_word(Word("sql", Phase.SQL))
