"""The objects that a history leaves behind, as far as the rules ask about them, each with the statement to blame."""

from __future__ import annotations

from dataclasses import dataclass, field

from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.statements import Statement

Name = tuple[str, str]
PUBLIC = "public"
WRITES = frozenset({"insert", "update", "delete", "truncate"})
TABLE_PRIVILEGES = frozenset({"select", "references", "trigger", *WRITES})


@dataclass
class Policy:
    """A policy; `command` is `all`, `select`, `insert`, `update` or `delete`, `roles` hold `public` for PUBLIC."""

    name: str
    command: str
    roles: frozenset[str]
    using: ast.Node | None
    check: ast.Node | None
    permissive: bool
    statement: Statement


@dataclass
class ForeignKey:
    columns: tuple[str, ...]
    target: Name
    statement: Statement
    location: int


@dataclass
class Index:
    """`columns` are the leading plain columns, as far as the first expression."""

    columns: tuple[str, ...]
    partial: bool = False


@dataclass
class Table:
    """A table: `statement` created it, `rls_statement` last switched row level security on or off."""

    name: Name
    statement: Statement
    columns: dict[str, str] = field(default_factory=dict)
    rls: bool = False
    rls_statement: Statement | None = None
    policies: dict[str, Policy] = field(default_factory=dict)
    indexes: dict[str, Index] = field(default_factory=dict)
    foreign_keys: dict[str, ForeignKey] = field(default_factory=dict)
    # role → privilege → the statement that granted it
    grants: dict[str, dict[str, Statement]] = field(default_factory=dict)

    def has_index(self, columns: tuple[str, ...]) -> bool:
        """Whether an index can look these columns up: they are its first ones, in any order."""
        wanted = set(columns)
        return any(set(index.columns[: len(wanted)]) == wanted for index in self.indexes.values())

    @property
    def reachable(self) -> bool:
        """Whether `anon` or `authenticated` hold any privilege on the table."""
        return any(self.grants.get(role) for role in ("anon", "authenticated", PUBLIC))

    def privileges_of(self, role: str) -> frozenset[str]:
        """The privileges `role` has, those of PUBLIC included."""
        return frozenset({*self.grants.get(role, {}), *self.grants.get(PUBLIC, {})})


@dataclass
class View:
    name: Name
    statement: Statement
    materialised: bool
    security_invoker: bool
    reads: frozenset[Name]


@dataclass
class Function:
    name: Name
    arguments: tuple[str, ...]
    statement: Statement
    definer: bool
    search_path: bool


@dataclass
class Enum:
    """`added`: value → the statement that added it to the existing type."""

    name: Name
    statement: Statement
    added: dict[str, Statement] = field(default_factory=dict)


@dataclass(frozen=True)
class DefaultPrivilege:
    """What a role is granted on every table created from here on; `schema` None means in any schema."""

    schema: str | None
    role: str
    privileges: frozenset[str]
    statement: Statement | None
