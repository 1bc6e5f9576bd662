"""What the schema language and the rest of the house agree on: declarations, their origin, renames, and `Models`.

The identities, by kind (every schema is spelled out, `public` for SQLAlchemy's None):

| kind | identity |
|---|---|
| `schema`, `extension`, `role`, `event_trigger` | `(name,)` |
| `table`, `view`, `materialized_view`, `sequence`, `index`, `statistics` | `(schema, name)` |
| `enum`, `domain`, `composite`, `range` | `(schema, name)` |
| `function`, `procedure`, `aggregate` | `(schema, name, argument types)`, types as `format_type` writes them |
| `column`, `constraint`, `policy`, `trigger`, `rule` | `(schema, table, name)` |
| `enum_value` | `(schema, enum, value)` |
| `row_level_security`, `replica_identity`, `inherit`, `table_option` | `(schema, table)` |
| `grant`, `revoke` | `(object kind, *object identity, *columns, roles, privileges)`, commas between |
| `default_privilege` | `(owner, schema or "", objects, roles, "grant" or "revoke", privileges)` |
| `publication` | `(publication, schema, table)` |
| `comment` | `(object kind, *object identity)` |
| `sql` | `(file or module, line)`: a statement of a plain SQL file that is none of the above |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from sqlalchemy import MetaData

Identity = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """The place in the author's files that declares something: absolute path and line (from 1)."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def relative_to(self, root: Path) -> str:
        """`file:line` with the file relative to the project folder where it lies inside it."""
        shown = self.file.relative_to(root) if self.file.is_relative_to(root) else self.file
        return f"{shown}:{self.line}"


@runtime_checkable
class Declaration(Protocol):
    """Anything that SQLAlchemy's own metadata cannot say."""

    @property
    def kind(self) -> str:
        """One of the words of the module's table."""

    @property
    def identity(self) -> Identity:
        """What makes it one object; see the module's table."""

    @property
    def origin(self) -> Origin | None:
        """Where the author wrote it."""

    @property
    def renamed_from(self) -> str | None:
        """Its former name, `old` or `schema.old`."""

    def statements(self) -> list[str]:
        """The author's SQL, schema-qualified, without closing semicolons, that creates it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the models' DDL, without its closing semicolon."""

    sql: str
    kind: str
    identity: Identity
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class RenameHint:
    """The author says that the object `identity` of `kind` was called `old_name` (`old` or `schema.old`); the identity of one
    that `is_routine` ends in the types of its arguments."""

    kind: str
    identity: Identity
    old_name: str
    origin: Origin | None = None
    is_routine: bool = False

    @property
    def old_identity(self) -> Identity:
        """The identity under the old name. A dotted old name moves a schema-level object between schemas."""
        schema, _, name = self.old_name.rpartition(".")
        if self.is_routine:
            return (schema or self.identity[0], name, *self.identity[2:])
        if len(self.identity) == 2:
            return (schema or self.identity[0], name)
        return (*self.identity[:-1], self.old_name)


@dataclass(frozen=True)
class Models:
    """What the models declare.

    `metadata` holds every table (also those that are only referenced: see `external`), `declarations` everything
    else, table-level items included. `files` are the files that the import touched and the folders it listed
    (absolute, libraries' excepted), `environment` the names of the variables it read (`*`: all of them), `untracked_inputs` what
    it did that neither can hold, as audit events: a program started, a connection opened (`project.foreign`: the whole
    project lies in a library's folder).
    """

    metadata: MetaData
    declarations: tuple[Declaration, ...] = ()
    files: tuple[Path, ...] = ()
    environment: tuple[str, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    exposed_schemas: tuple[str, ...] = ("public",)
    untracked_inputs: tuple[str, ...] = ()

    @cached_property
    def _by_identity(self) -> Mapping[tuple[str, Identity], Declaration]:
        return {(item.kind, item.identity): item for item in self.declarations}

    def find(self, kind: str, identity: Sequence[str]) -> Declaration | None:
        """The declaration of that kind and identity, or None."""
        return self._by_identity.get((kind, tuple(identity)))

    def table_origin(self, schema: str, name: str) -> Origin | None:
        """Where a table is declared, as far as the import showed it."""
        return self.origins.get(f"{schema}.{name}")
