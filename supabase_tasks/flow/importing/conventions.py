"""How a database names the constraints that its author did not: as PostgreSQL does, or by a convention of SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from supabase_tasks.flow.importing.references import given_name, whole_name

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.constraint import Constraint

# pg_constraint.contype and PostgreSQL's ending by SQLAlchemy's prefix (sql/naming.py).
_PREFIXES = {"pk": ("p", "pkey"), "fk": ("f", "fkey"), "uq": ("u", "key")}
# Those of SQLAlchemy's and Alembic's documentation ("Configuring Constraint Naming Conventions"), and what is often made of them.
_KNOWN = {
    "pk": ("pk_%(table_name)s",),
    "fk": (
        "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "fk_%(table_name)s_%(column_0_name)s",
        "fk_%(table_name)s_%(referred_table_name)s",
    ),
    "uq": ("uq_%(table_name)s_%(column_0_name)s", "uq_%(table_name)s_%(column_0_N_name)s"),
}
# What fewer constraints, columns or tables have in common is said by each of them.
OFTEN = 4


@dataclass(frozen=True, slots=True)
class Convention:
    """`templates` by SQLAlchemy's prefixes; the constraints of one without have PostgreSQL's names."""

    templates: Mapping[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The class that the tables' classes derive from, whose metadata has the convention."""
        return "Base" if self.templates else "SQLModel"

    def name(self, prefix: str, table: str, columns: Sequence[str], referred: str = "") -> str:
        """What a constraint without a name is called; empty where the name would be cut."""
        template = self.templates.get(prefix)
        if template is None:
            return given_name(table, [] if prefix == "pk" else columns, _PREFIXES[prefix][1])
        return _fill_template(template, table, columns, referred)


def find_convention(constraints: Sequence[Constraint]) -> Convention:
    """The convention that most of the constraints of a kind follow, and more than have PostgreSQL's names."""
    templates = {}
    for prefix, (type_, _) in _PREFIXES.items():
        those = [one for one in constraints if one.type == type_]
        plain = sum(_matches(Convention(), prefix, those))
        counts = {known: sum(_matches(Convention({prefix: known}), prefix, those)) for known in _KNOWN[prefix]}
        best = max(counts, key=lambda known: counts[known])
        if counts[best] >= OFTEN and counts[best] > plain and counts[best] * 2 > len(those):
            templates[prefix] = best
    return Convention(templates)


def _matches(convention: Convention, prefix: str, those: Sequence[Constraint]) -> Iterator[bool]:
    for one in those:
        referred = (one.references or "").rpartition(".")[2]
        yield one.name == convention.name(prefix, one.table, one.columns, referred)


def _fill_template(template: str, table: str, columns: Sequence[str], referred: str) -> str:
    parts = {
        "table_name": table,
        "column_0_name": columns[0] if columns else "",
        "column_0_N_name": "_".join(columns),
        "referred_table_name": referred,
    }
    return whole_name(template % parts)
