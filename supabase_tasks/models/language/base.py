"""What every declaration shares: where it was written, how it reaches the collector, its comment."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.schema import MetaData, SchemaItem, Table

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import text_places
from supabase_tasks.models.declaration import Declaration, Identity, Origin
from supabase_tasks.models.dialect import DEFAULT_SCHEMA, UnboundParameterError, condition
from supabase_tasks.models.language.words import Phase, Word, register_word
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from types import FrameType

    from sqlalchemy.sql import ClauseElement

INFO_KEY = "supabase_tasks"
_PACKAGE = f"{Path(__file__).parents[2]}{os.sep}"
_LIBRARIES = ("sqlalchemy", "sqlmodel", "pydantic")
_STANDARD = f"{Path(os.__file__).parent}{os.sep}"
# Behind these stands who imports or copies, who wrote none of it.
_FOLDER = Path(__file__).parents[1]
_IMPORTED_BY = ("<frozen importlib", str(_FOLDER / "loading.py"), str(_FOLDER / "merging.py"))
# Below the standard library in an environment without one of its own.
_INSTALLED = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")

# Declarations that stand by themselves, each with the namespace of the module that made it.
_registered: list[tuple[Declaration, Mapping[str, Any]]] = []


def here() -> Origin | None:
    """The author's line that is being executed: the nearest frame outside this package, the model libraries and Python's
    own. A line of the project's comes before one of another library that made the table for it (Flask-SQLAlchemy)."""
    frame = _author()
    return Origin(_path(frame.f_code.co_filename), frame.f_lineno) if frame is not None else None


@cache
def _path(name: str) -> Path:
    return Path(name)


def _author() -> FrameType | None:
    frame: FrameType | None = sys._getframe(1)
    installed: FrameType | None = None
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(_IMPORTED_BY):
            return installed
        if not _is_library(name):
            if not any(part in name for part in _INSTALLED):
                return frame
            installed = installed or frame
        frame = frame.f_back
    return installed


@cache
def _is_library(name: str) -> bool:
    if name.startswith(("<", _PACKAGE, *_library_folders())):
        return True
    return name.startswith(_STANDARD) and not any(part in name for part in _INSTALLED)


@cache
def _library_folders() -> tuple[str, ...]:
    # By their place: a project's folder may be named after one.
    specs = (find_spec(library) for library in _LIBRARIES)
    return tuple(f"{Path(spec.origin).parent}{os.sep}" for spec in specs if spec is not None and spec.origin)


def registered_in(files: Iterable[Path]) -> list[Declaration]:
    """The metadata-level declarations written in those files, in the order of their making.

    What an earlier import of a file made is left out: a module that was imported anew has another namespace.
    """
    wanted = set(files)
    return [
        item
        for item, namespace in _registered
        if item.origin is not None and item.origin.file in wanted and _is_current(namespace)
    ]


def _is_current(namespace: Mapping[str, Any]) -> bool:
    module = sys.modules.get(str(namespace.get("__name__")))
    return module is not None and vars(module) is namespace


def attached_to(metadata: MetaData) -> list[Declaration]:
    """The metadata-level declarations that were given this `metadata=`."""
    return list(metadata.info.get(INFO_KEY, ()))


def table_items(table: Table) -> list[TableItem]:
    """The declarations in a table's own definition."""
    return [item for item in table.info.get(INFO_KEY, ()) if item.table is table]


def schema_of(table: Table) -> str:
    """A table's schema, `public` where it names none."""
    return table.schema or DEFAULT_SCHEMA


def wrong(origin: Origin | None, message: str, next_step: str | None = None) -> ModelsError:
    """An error of the models that points at the author's line; without a `next_step` it says to correct that file."""
    place = f"{origin}: " if origin else ""
    data = {"file": str(origin.file), "line": origin.line} if origin else {}
    step = next_step or (f"correct {origin.file.name}" if origin else None)
    return ModelsError(f"{place}{message}", next_step=step, data=data)


@dataclass(frozen=True, eq=False, kw_only=True)
class DeclarationBase:
    """Options that every declaration takes.

    `renamed_from` is the former name, ignored once the rename is in the history. `comment` becomes COMMENT ON.
    """

    renamed_from: str | None = None
    comment: str | None = None
    origin: Origin | None = field(default_factory=here, repr=False)

    @property
    def kind(self) -> str:
        raise NotImplementedError

    @property
    def identity(self) -> Identity:
        raise NotImplementedError

    def statements(self) -> list[str]:
        """The SQL that creates it, without closing semicolons."""
        raise NotImplementedError

    @property
    def on_clause(self) -> str | None:
        """What COMMENT ON names: `function a.b(uuid)`; None where PostgreSQL knows no comment."""
        return None

    def parts(self) -> Sequence[Declaration]:
        """Declarations that come with this one: its comment, its grants."""
        if self.comment is None:
            return ()
        return (Comment(self, self.comment, origin=self.origin),)


@dataclass(frozen=True, eq=False)
class Comment(DeclarationBase):
    """COMMENT ON another declaration; made by its `comment=`."""

    owner: DeclarationBase
    text: str

    @property
    def kind(self) -> str:
        return "comment"

    @property
    def identity(self) -> Identity:
        return (self.owner.kind, *self.owner.identity)

    def statements(self) -> list[str]:
        return [f"comment on {self.owner.on_clause} is {literal(self.text)}"]


@dataclass(frozen=True, eq=False, kw_only=True)
class MetadataDeclared(DeclarationBase):
    """A declaration that stands by itself in a module.

    It belongs to the models of the module it is written in; `metadata=` ties it to one MetaData instead.
    """

    metadata: MetaData | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.validate()
        register(self, self.metadata)

    def validate(self) -> None:
        """Raises `ModelsError` for options that contradict each other."""


def register(item: Declaration, metadata: MetaData | None) -> None:
    """Makes a declaration known: to its MetaData, or to the models of its module."""
    if metadata is None:
        frame = _author()
        _registered.append((item, frame.f_globals if frame is not None else {}))
    else:
        metadata.info.setdefault(INFO_KEY, []).append(item)


@dataclass(frozen=True, eq=False, kw_only=True)
class TableItem(DeclarationBase, SchemaItem):
    """A declaration inside a table's definition (`__table_args__`, or an argument of `Table`).

    One object may stand in several tables (a mixin's `__table_args__`): each table gets its own copy.
    """

    table: Table | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.validate()

    def validate(self) -> None:
        """Raises `ModelsError` for options that contradict each other."""

    # SQLAlchemy's own hook: the parent's type is wider there, and further keywords may come.
    def _set_parent(self, parent: Any, **_: Any) -> None:
        parent.info.setdefault(INFO_KEY, []).append(replace(self, table=parent))

    @property
    def owner(self) -> Table:
        """The table that it stands in."""
        if self.table is None:
            raise wrong(self.origin, f"{type(self).__name__} belongs into a table's definition")
        return self.table

    @property
    def table_identity(self) -> tuple[str, str]:
        return (schema_of(self.owner), self.owner.name)


@dataclass(frozen=True, eq=False, kw_only=True)
class PlacedItem(TableItem):
    """A declaration for a table's definition that may also stand by itself, with `on="schema.table"`.

    That is the way to policies and triggers on tables of the platform: `on="storage.objects"`, `on=auth_users`.
    """

    on: str | Table | None = None
    metadata: MetaData | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.on is not None:
            register(self, self.metadata)

    @property
    def table_identity(self) -> tuple[str, str]:
        if isinstance(self.on, str):
            schema, _, name = self.on.rpartition(".")
            return (schema or DEFAULT_SCHEMA, name)
        if self.on is not None:
            return (schema_of(self.on), self.on.name)
        return (schema_of(self.owner), self.owner.name)

    @property
    def known_table(self) -> Table | None:
        """The SQLAlchemy table, unless it was named by text only."""
        return self.on if isinstance(self.on, Table) else self.table


def expression_text(value: Any, table: Table | None, origin: Origin | None) -> str:
    """An expression as SQL: text, True/False, a SQLAlchemy expression, or a callable that takes the table.

    Raises `ModelsError` with the author's line when it cannot be compiled.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    try:
        expression = value(table) if callable(value) and not hasattr(value, "compile") else value
        if isinstance(expression, str | bool):
            return expression_text(expression, table, origin)
        return condition(_clause(expression), table)
    except ModelsError:
        raise
    except Exception as error:
        raise wrong(line_of(error, origin), f"the expression cannot be compiled: {error}") from error


def line_of(error: Exception, origin: Origin | None) -> Origin | None:
    """The line of the text that does not compile, as far as `error` tells it; else that of the declaration at `origin`."""
    # SQLAlchemy wraps that of a column in one that names the column.
    found = error if isinstance(error, UnboundParameterError) else error.__cause__
    if origin is None or not isinstance(found, UnboundParameterError):
        return origin
    return text_places.line_of_parameter(origin, found.key)


def _clause(value: Any) -> ClauseElement:
    # ORM attributes (Project.owner_id) and mapped classes offer their Core form by this protocol.
    return value.__clause_element__() if hasattr(value, "__clause_element__") else value  # type: ignore[no-any-return]


register_word(Word("comment", Phase.COMMENT, space="comment"))
