"""What a word of the schema language is to the rest of the models: one entry each, registered by the module that has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum, auto
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal

from supabase_tasks.models import language
from supabase_tasks.models.declaration import Identity
from supabase_tasks.models.dialect import DEFAULT_SCHEMA


class Phase(IntEnum):
    """When a word's statements run, in order; what misses an object all the same is tried again later (see `desired`).
    Default privileges come before the objects that they are for."""

    ROLE = auto()
    SCHEMA = auto()
    EXTENSION = auto()
    DEFAULT_PRIVILEGE = auto()
    SEQUENCE = auto()
    ENUM = auto()
    COMPOSITE = auto()
    RANGE = auto()
    DOMAIN = auto()
    EARLY_FUNCTION = auto()
    TABLE = auto()
    LATE_FUNCTION = auto()
    AGGREGATE = auto()
    INDEX = auto()
    STATISTICS = auto()
    CONSTRAINT = auto()
    VIEW = auto()
    SEQUENCE_OPTION = auto()
    TABLE_OPTION = auto()
    COLUMN_OPTION = auto()
    REPLICA_IDENTITY = auto()
    RULE = auto()
    TRIGGER = auto()
    ROW_LEVEL_SECURITY = auto()
    POLICY = auto()
    PUBLICATION = auto()
    EVENT_TRIGGER = auto()
    SQL = auto()
    COMMENT = auto()
    REVOKE = auto()
    GRANT = auto()


class Ahead(Enum):
    """Whether the statements of a word may run while the models are imported, by the last run (`models/speculation.py`)."""

    NO = auto()  # they wait, and nothing overtakes them
    OVERTAKEN = auto()  # they wait; what does not name them may run before them
    RUN = auto()  # they run, where no changed file has to do with them; what is left of them may be overtaken
    FIRST = auto()  # they run wherever they are declared: they come before all others, which may depend on them


# Parse tree nodes are protobuf messages without type stubs.
Reader = Callable[[Any], Identity | None]


@dataclass(frozen=True, slots=True)
class Word:
    """`name` is the declarations' `kind`.

    `space` is the space of names in which two of one identity contradict each other, None where several add up.
    `own_schema` says that it lies in a schema that must be the author's, `implies_schema` that naming that schema is
    enough to have it made (it is the author's then, too). `sql` reads its identity from a parsed statement, by the
    node's name; a reader returns None for a statement that is another word's. `python_type` says that SQLAlchemy has a
    type of it.

    `ahead` says whether it may run before the models are known; with `named`, what has its name in it waits with it. Two
    words only run ahead when neither changes what the other creates without naming it. `privileges` are those that its
    objects have, `grant_word` is what GRANT calls them, where that is not the word's name.

    `drawn` says where a diagram shows its objects, with what people call one (`noun`, where that is not the word's name): with
    their table, or by themselves; None leaves them out.
    """

    name: str
    phase: Phase
    space: str | None = None
    own_schema: bool = False
    implies_schema: bool = False
    sql: Mapping[str, Reader] = field(default_factory=dict)
    python_type: bool = False
    ahead: Ahead = Ahead.NO
    named: bool = False
    privileges: tuple[str, ...] = ()
    grant_word: str = ""
    drawn: Literal["with its table", "by itself"] | None = None
    noun: str = ""

    @property
    def is_type(self) -> bool:
        """Whether a column may be of it."""
        return self.space in ("enum", "type")


_words: dict[str, Word] = {}


@cache
def all_words() -> Mapping[str, Word]:
    """Every word by its name: each module of this package registers its own."""
    for found in iter_modules(language.__path__):
        import_module(f"{language.__name__}.{found.name}")
    return _words


def register_word(word: Word) -> Word:
    """Make a word known. Raises `ValueError` when its name is taken."""
    if word.name in _words:
        raise ValueError(f"two words of the schema language are called {word.name!r}")
    _words[word.name] = word
    return word


def ahead(kind: str) -> Ahead:
    """Whether statements of the kind called `kind` may run ahead; those of no word wait."""
    word = all_words().get(kind)
    return word.ahead if word is not None else Ahead.NO


def is_named(kind: str) -> bool:
    """Whether other statements may name what those of the kind called `kind` create or change."""
    word = all_words().get(kind)
    return word is not None and word.named


def privileges_of(grant_word: str) -> tuple[str, ...]:
    """The privileges of the objects that GRANT calls `grant_word`; none for what is no object."""
    having = (word for word in all_words().values() if grant_word == (word.grant_word or word.name))
    return next((word.privileges for word in having if word.privileges), ())


def is_routine(kind: str) -> bool:
    """Whether an object of the kind called `kind` is called by its arguments' types as well: its identity ends in them."""
    word = all_words().get(kind)
    return word is not None and word.space == "routine"


def declares_view(kind: str) -> bool:
    """Whether an object of the kind called `kind` is a query under a name."""
    word = all_words().get(kind)
    return word is not None and word.phase is Phase.VIEW


def qualified_name(nodes: Any) -> tuple[str, str]:
    """Schema and name from a list of name nodes; the default schema where there is none."""
    names = [item.string.sval for item in nodes]
    return (names[-2] if len(names) > 1 else DEFAULT_SCHEMA, names[-1])


def relation_name(range_var: Any) -> tuple[str, str]:
    """Schema and name of a relation node; the default schema where there is none."""
    return (range_var.schemaname or DEFAULT_SCHEMA, range_var.relname)
