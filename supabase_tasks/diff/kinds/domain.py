"""Domains: base type, default, NOT NULL and named checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.deparse import canonical, flatten
from supabase_tasks.diff.catalog.item import Item, Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.catalog.stored_types import element
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, may_fail
from supabase_tasks.diff.ddl.names import cut, ident, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

_NOT_NULL = "_not_null"


@dataclass(frozen=True, kw_only=True)
class Domain(SchemaItem):
    """A domain; `checks` are alternating names and definitions, by name."""

    kind: ClassVar[str] = "domain"
    type: str
    collation: str
    not_null: bool
    default: str | None
    checks: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "checks", tuple(canonical(text) for text in self.checks))
        object.__setattr__(self, "default", None if self.default is None else flatten(self.default))

    @property
    def named_checks(self) -> dict[str, str]:
        return dict(zip(self.checks[::2], self.checks[1::2], strict=True))

    def has_constraint(self, name: str) -> bool:
        """Whether it has a check of that name, or may have NOT NULL by it, which has a name only since PostgreSQL 17."""
        return name in self.named_checks or self.not_null

    @property
    def type_names(self) -> tuple[str, ...]:
        return (qualified(*self.identity),)

    @property
    def held_types(self) -> tuple[str, ...]:
        return (self.type,)

    @property
    def label(self) -> str:
        return f"DOMAIN {qualified(*self.identity)}"


class DomainKind(Kind[Domain]):
    item = Domain
    named_in_code = True
    rank = 40
    slug_rank = 6
    namespaces = ("type",)
    rename_rounds = (RenameRound.TABLES_AND_TYPES,)
    named_in_bodies = True
    section = 21
    noun = "domain"
    holds_rows = True
    keeps_collation = True
    sql_file = "types"
    found_in = "pg_type WHERE oid >= 16384 AND typtype = 'd'"
    query = f"""
        SELECT 1247::int8, t.oid::int8, 0, n.nspname AS schema, t.typname AS name,
            pg_catalog.format_type(t.typbasetype, t.typtypmod) AS type,
            CASE WHEN t.typcollation <> b.typcollation AND t.typcollation <> 0
                THEN (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_catalog.pg_collation co
                    JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = t.typcollation)
                ELSE '' END AS collation,
            t.typnotnull AS not_null, pg_catalog.pg_get_expr(t.typdefaultbin, 0) AS default,
            ARRAY(SELECT x FROM (SELECT k.conname::text AS name, pg_catalog.pg_get_constraintdef(k.oid, true) AS text
                    FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY 1) s,
                unnest(ARRAY[s.name, s.text]) x) AS checks
        FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
        WHERE t.typtype = 'd' AND {user_schema()} AND {not_member("pg_type", "t.oid")}
    """

    def create(self, new: Domain, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, definition(new)), *self._add_unvalidated(new)]

    def _add_unvalidated(self, new: Domain) -> list[op.AlterObject]:
        """CREATE DOMAIN takes no NOT VALID."""
        found = [f"ADD CONSTRAINT {ident(name)} {text}" for name, text in new.named_checks.items() if _is_loose(text)]
        name = qualified(*new.identity)
        return [op.AlterObject(self.name, new.identity, f"ALTER DOMAIN {name} {text}") for text in found]

    def create_replacement(self, new: Domain, context: Context) -> Operations:
        # PostgreSQL gives no name twice in a schema by itself: the old domain's NOT NULL has the new one's.
        name = ident(f"{cut(new.name, 63 - len(_NOT_NULL))}{_NOT_NULL}")
        made = definition(replace(new, not_null=False))
        head, line, checks = made.partition("\n")
        text = f"{head} CONSTRAINT {name} NOT NULL{line}{checks}" if new.not_null else made
        return [op.CreateObject(self.name, new.identity, text)]

    def complete_replacement(self, new: Domain, context: Context) -> Operations:
        return self._add_unvalidated(new)

    def drop(self, old: Domain, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP DOMAIN {qualified(*old.identity)}")]

    def swaps(self, old: Domain, new: Domain, context: Context) -> bool:
        # Source: PostgreSQL 17, get_rels_with_domain(): what has to be checked may not be inside of other values.
        demands = any(hazards for _, hazards in _changes(old, new))
        return not _same_base(old, new) or (demands and context.current.stored.is_nested(old.key))

    def detach(self, old: Domain, gone: Item, context: Context) -> Domain | None:
        # A check cannot be put back while the domain is inside of other values.
        if element(old.type) in gone.type_names or context.current.stored.is_nested(old.key):
            return None
        return replace(old, checks=(), default=None)

    def disturbs(self, old: Domain, new: Domain | None, context: Context) -> list[Key]:
        if new is None:
            return []
        before, after = old.named_checks, new.named_checks
        changed = {name for name in before if name in after and before[name] != after[name]}
        children = context.current.children.get(old.key, ())
        return [key for key in children if key[0] == "comment" and key[1][-1] in changed]

    def alter(self, old: Domain, new: Domain, context: Context) -> Operations:
        return [
            op.AlterObject(self.name, new.identity, f"ALTER DOMAIN {qualified(*new.identity)} {text}", hazards=hazards)
            for text, hazards in _changes(old, new)
        ]

    def rename(self, old: Domain, new: Domain, context: Context) -> Operations:
        return op.rename_in_schema("DOMAIN", self.name, old.identity, new.identity)

    def similarity(self, old: Domain, new: Domain, context: Context) -> float:
        same = (old.default == new.default) + (old.not_null == new.not_null)
        return 0.5 * _same_base(old, new) + 0.125 * same + 0.25 * (old.checks[1::2] == new.checks[1::2])


def _same_base(old: Domain, new: Domain) -> bool:
    return (old.type, old.collation) == (new.type, new.collation)


def definition(domain: Domain) -> str:
    """CREATE DOMAIN with everything it has."""
    words = f"CREATE DOMAIN {qualified(*domain.identity)} AS {domain.type}"
    words += f" COLLATE {domain.collation}" if domain.collation else ""
    words += f" DEFAULT {domain.default}" if domain.default is not None else ""
    words += " NOT NULL" if domain.not_null else ""
    return words + "".join(
        f"\n    CONSTRAINT {ident(name)} {text}" for name, text in domain.named_checks.items() if not _is_loose(text)
    )


_NOT_VALID = " NOT VALID"


def _is_loose(check: str) -> bool:
    """Whether a check holds for new values only."""
    return check.endswith(_NOT_VALID)


def _changes(old: Domain, new: Domain) -> list[tuple[str, list[Hazard]]]:
    found: list[tuple[str, list[Hazard]]] = []
    name = qualified(*new.identity)
    if old.default != new.default:
        found.append(("DROP DEFAULT" if new.default is None else f"SET DEFAULT {new.default}", []))
    if old.not_null != new.not_null:
        hazards = [may_fail(name, f"fails when a column of {name} holds NULL")] if new.not_null else []
        found.append(("SET NOT NULL" if new.not_null else "DROP NOT NULL", hazards))
    before, after = old.named_checks, new.named_checks
    validated = {key for key, text in after.items() if before.get(key) == text + _NOT_VALID}
    for key in sorted(validated):
        hazard = may_fail(name, f"{key} fails when a column of {name} holds a violating value")
        found.append((f"VALIDATE CONSTRAINT {ident(key)}", [hazard]))
    lost = [key for key in before if before[key] != after.get(key) and key not in validated]
    found += [(f"DROP CONSTRAINT {ident(key)}", []) for key in lost]
    for key, text in after.items():
        if before.get(key) != text and key not in validated and _is_loose(text):
            found.append((f"ADD CONSTRAINT {ident(key)} {text}", []))
        elif before.get(key) != text and key not in validated:
            hazard = may_fail(name, f"{key} fails when a column of {name} holds a violating value")
            found.append((f"ADD CONSTRAINT {ident(key)} {text}", [hazard]))
    return found


KIND = DomainKind()
