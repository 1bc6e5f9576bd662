"""Grants, revokes, default privileges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Self

from supabase_tasks.models.declaration import Identity
from supabase_tasks.models.dialect import DEFAULT_SCHEMA, ident, idents, qualified
from supabase_tasks.models.language.base import DeclarationBase, MetadataDeclared, PlacedItem, schema_of, wrong
from supabase_tasks.models.language.roles import Roles, role_names, role_sql, roles_sql
from supabase_tasks.models.language.words import Ahead, Phase, Word, privileges_of, register_word

Target = tuple[str, str, Identity]
"""An object that has privileges: its word in GRANT, its SQL name, its identity."""


def target_of(item: Any) -> Target:
    """The privilege target of a declaration, a Table, or text like `schema app`, `function app.f(uuid)`, `app.t`."""
    from sqlalchemy.schema import Table

    if isinstance(item, Table):
        return ("table", qualified(item.schema, item.name), (schema_of(item), item.name))
    if isinstance(item, str):
        return _text_target(item)
    return item.target  # type: ignore[no-any-return]


def _text_target(text: str) -> Target:
    word, _, rest = text.strip().partition(" ")
    if not rest or (word.lower() != "all" and not privileges_of(word.lower())):
        word, rest = "table", text.strip()
    if word.lower() == "all":
        return ("all", text.strip(), (text.strip().lower(),))
    if word.lower() == "schema":
        return ("schema", ident(rest), (rest,))
    schema, _, name = rest.partition("(")[0].rpartition(".")
    tail = rest[len(rest.partition("(")[0]) :]
    arguments = (tail.strip("()").strip(),) if tail else ()
    return (word.lower(), f"{qualified(schema, name)}{tail}", (schema or DEFAULT_SCHEMA, name, *arguments))


def _words(privileges: str | Iterable[str]) -> tuple[str, ...]:
    several = privileges.split(",") if isinstance(privileges, str) else privileges
    return tuple(word.strip().lower() for word in several if word.strip())


@dataclass(frozen=True, eq=False)
class _Privilege(PlacedItem):
    """Shared by Grant and Revoke. In a table's definition it is about that table, else about `on`.

    `on` is any declaration (a view, a schema, a function, …), a Table, or text: `schema app`, `sequence app.s`,
    `function app.f(uuid)`, `type app.mood`, `all tables in schema app`.
    """

    privileges: str | Iterable[str]
    to: Roles
    columns: tuple[str, ...] = ()
    on: Any = field(default=None, kw_only=True)

    def validate(self) -> None:
        words = _words(self.privileges)
        if not words or not role_names(self.to):
            raise wrong(self.origin, f"{type(self).__name__} needs privileges and roles")
        if "all" in words and len(words) > 1:
            raise wrong(self.origin, "ALL stands alone in a grant")

    @property
    def target(self) -> Target:
        """What the privilege is about."""
        return target_of(self.on if self.on is not None else self.owner)

    def about(self, item: DeclarationBase) -> Self:
        """The same privilege, bound to a declaration that lists it in `grants=`."""
        bound = copy(self)
        object.__setattr__(bound, "on", item)
        return bound

    @property
    def words(self) -> tuple[str, ...]:
        """The privileges in lower case. Raises `ModelsError` for one that the object does not have."""
        kind = self.target[0]
        known = privileges_of(kind)
        words = _words(self.privileges)
        for word in words:
            if known and word not in (*known, "all"):
                raise wrong(self.origin, f"a {kind} has no privilege {word!r}", f"it has {', '.join(known)}")
        return words

    @property
    def roles(self) -> tuple[str, ...]:
        """The names of the roles."""
        return role_names(self.to)

    @property
    def table_identity(self) -> tuple[str, str]:
        identity = self.target[2]
        return (identity[0], identity[-1])

    @property
    def identity(self) -> Identity:
        kind, _, identity = self.target
        return (kind, *identity, *self.columns, ",".join(self.roles), ",".join(sorted(self.words)))

    def _what(self) -> str:
        kind, name, _ = self.target
        columns = f" ({idents(self.columns)})" if self.columns else ""
        words = ", ".join(f"{word}{columns}" for word in self.words)
        return f"{words} on {name if kind == 'all' else f'{kind} {name}'}"


@dataclass(frozen=True, eq=False)
class Grant(_Privilege):
    """GRANT: `Grant("select, insert", to=authenticated)`, with `columns=("title",)` for some columns only."""

    with_grant_option: bool = False

    @property
    def kind(self) -> str:
        return "grant"

    def statements(self) -> list[str]:
        option = " with grant option" if self.with_grant_option else ""
        return [f"grant {self._what()} to {roles_sql(self.roles)}{option}"]


@dataclass(frozen=True, eq=False)
class Revoke(_Privilege):
    """REVOKE of what a default gave: `Revoke("execute", public_role, on=my_function)`."""

    @property
    def kind(self) -> str:
        return "revoke"

    def statements(self) -> list[str]:
        return [f"revoke {self._what()} from {roles_sql(self.roles)}"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Grantable(MetadataDeclared):
    """A declaration that takes `grants=`: `grants=[Grant("execute", to=authenticated)]`."""

    grants: Sequence[Grant | Revoke] = ()

    @property
    def target(self) -> Target:
        """What GRANT names."""
        raise NotImplementedError

    def parts(self) -> list[Any]:
        return [*super().parts(), *(grant.about(self) for grant in self.grants)]


# No dataclass: each subclass has `name` and `schema` as fields at a place of its own among its arguments.
class SchemaObject(Grantable):
    """A declaration whose identity is its schema and its name."""

    name: str
    schema: str
    word: ClassVar[str]
    """What CREATE and COMMENT ON call it."""
    grant_word: ClassVar[str]
    """What GRANT calls it."""

    @property
    def identity(self) -> Identity:
        return (self.schema, self.name)

    @property
    def target(self) -> Target:
        return (self.grant_word, qualified(self.schema, self.name), self.identity)

    @property
    def on_clause(self) -> str:
        return f"{self.word} {qualified(self.schema, self.name)}"


@dataclass(frozen=True, eq=False)
class DefaultPrivileges(MetadataDeclared):
    """ALTER DEFAULT PRIVILEGES: what new objects of `owner` give to `to`, or with `revoke=True` no longer give."""

    privileges: str | Iterable[str]
    objects: Literal["tables", "sequences", "functions", "types", "schemas"]
    to: Roles
    schema: str | None = None
    owner: str = "postgres"
    revoke: bool = False

    @property
    def kind(self) -> str:
        return "default_privilege"

    @property
    def roles(self) -> tuple[str, ...]:
        """The names of the roles."""
        return role_names(self.to)

    @property
    def identity(self) -> Identity:
        what = "revoke" if self.revoke else "grant"
        words = ",".join(sorted(_words(self.privileges)))
        return (self.owner, self.schema or "", self.objects, ",".join(self.roles), what, words)

    def statements(self) -> list[str]:
        place = f" in schema {ident(self.schema)}" if self.schema else ""
        verb, word = ("revoke", "from") if self.revoke else ("grant", "to")
        return [
            f"alter default privileges for role {role_sql(self.owner)}{place} {verb} "
            f"{', '.join(_words(self.privileges))} on {self.objects} {word} {roles_sql(self.roles)}"
        ]


register_word(Word("default_privilege", Phase.DEFAULT_PRIVILEGE, ahead=Ahead.FIRST))
register_word(Word("grant", Phase.GRANT))
register_word(Word("revoke", Phase.REVOKE))
