"""What can go wrong when a change meets rows, running queries and running code: a value for each, and how it reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS

Code = Literal["data-loss", "rewrite", "lock", "may-fail", "incompatible", "rls-widened", "grant-widened"]

# Codes that need the user's word before a migration is written (`--allow <code>`).
GATED: tuple[Code, ...] = ("data-loss",)

# Strongest first: PostgreSQL documentation, "Explicit Locking", table-level lock modes.
LOCKS = ("ACCESS EXCLUSIVE", "EXCLUSIVE", "SHARE ROW EXCLUSIVE", "SHARE", "SHARE UPDATE EXCLUSIVE")

# `postgres` is a member of the role that owns `realtime` in all projects (supabase/postgres, role memberships of 2026).
_OWNED_BY_THE_PLATFORM = frozenset(PLATFORM_SCHEMAS) - {"extensions", "realtime"}

Blocking = Literal["instant", "scan", "rewrite"]


@dataclass(frozen=True, slots=True)
class Hazard:
    """One hazard of one operation.

    `relation` is the object it affects (`public.scenes`), `lock` the table-level lock mode taken on it, `blocking` how
    long it is held: `instant` (catalog only), `scan` (reads every row), `rewrite` (writes every row).
    """

    code: Code
    message: str
    relation: str = ""
    lock: str = ""
    blocking: Blocking = "instant"

    @property
    def gated(self) -> bool:
        return self.code in GATED

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "message": self.message,
            "relation": self.relation,
            "lock": self.lock or None,
            "blocking": self.blocking,
        }


def data_loss(relation: str, message: str) -> Hazard:
    return Hazard("data-loss", message, relation)


def lock(relation: str, mode: str, blocking: Blocking = "instant") -> Hazard:
    """The lock that a statement takes on an existing relation."""
    held = {"instant": "briefly", "scan": "while every row is read", "rewrite": "while every row is rewritten"}[
        blocking
    ]
    return Hazard("lock", f"{mode} on {relation} {held}", relation, mode, blocking)


def rewrite(relation: str, message: str) -> Hazard:
    return Hazard("rewrite", message, relation, "ACCESS EXCLUSIVE", "rewrite")


def incompatible(relation: str, message: str) -> Hazard:
    """Code that still runs against the old schema breaks."""
    return Hazard("incompatible", message, relation)


def not_owned(schema: str, relation: str) -> list[Hazard]:
    """What to say of a change that only the owner of a relation of the platform may make: projects made since 2025 refuse it."""
    if schema not in _OWNED_BY_THE_PLATFORM:
        return []
    message = f'a project made in 2026 refuses it: postgres does not own {relation} (roles = "strict" checks that)'
    return [Hazard("may-fail", message, relation)]


def may_fail(relation: str, message: str) -> Hazard:
    """The migration ends with an error when rows are not as it needs them."""
    return Hazard("may-fail", message, relation)
