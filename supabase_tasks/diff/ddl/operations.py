"""The language of changes: Alembic's operations where it has one, our own registered ones where it has none.

Alembic's own are used as they are: `ops.CreateTableOp` and the column operations carry SQLAlchemy types, which cannot
hold every PostgreSQL type exactly, so tables and columns are our operations and carry PostgreSQL's format_type() and
pg_get_expr() texts; `ops.DropTableOp`, `ops.DropIndexOp`, `ops.RenameTableOp` and `ops.ExecuteSQLOp` are exact and used.
Related changes of one table travel in Alembic's own container, `ops.ModifyTableOps`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alembic.ddl.impl import DefaultImpl
from alembic.operations import Operations, ops
from alembic.operations.ops import MigrateOperation

from supabase_tasks.diff.ddl.hazards import Hazard
from supabase_tasks.diff.ddl.names import ident, qualified

Identity = tuple[str, ...]


class SchemaOperation(MigrateOperation):
    """One change of one object as complete SQL statements (without the closing semicolon).

    `own_file` marks a change that PostgreSQL does not allow in one transaction with what follows (a new enum value
    that is used at once). `later` marks one that reads every row under a weak lock and is better run after a commit.
    `settings` are SET statements that it needs before it, so that what a session has set does not change its result.
    """

    def __init__(
        self,
        kind: str,
        identity: Identity,
        *statements: str,
        hazards: Iterable[Hazard] = (),
        own_file: bool = False,
        later: bool = False,
        settings: Iterable[str] = (),
    ) -> None:
        self.kind = kind
        self.identity = identity
        self.statements = statements
        self.own_file = own_file
        self.later = later
        self.settings = tuple(settings)
        self.hazards = tuple(hazards)


@Operations.register_operation("create_object")
class CreateObject(SchemaOperation):
    """Create an object of any kind."""

    @classmethod
    def create_object(cls, operations: Operations, kind: str, identity: Identity, *statements: str) -> None:
        """Create an object of `kind` by `statements`."""
        operations.invoke(cls(kind, identity, *statements))


@Operations.register_operation("drop_object")
class DropObject(SchemaOperation):
    """Drop an object of any kind."""

    @classmethod
    def drop_object(cls, operations: Operations, kind: str, identity: Identity, *statements: str) -> None:
        """Drop an object of `kind` by `statements`."""
        operations.invoke(cls(kind, identity, *statements))


@Operations.register_operation("alter_object")
class AlterObject(SchemaOperation):
    """Change an object of any kind in place."""

    @classmethod
    def alter_object(cls, operations: Operations, kind: str, identity: Identity, *statements: str) -> None:
        """Alter an object of `kind` by `statements`."""
        operations.invoke(cls(kind, identity, *statements))


@Operations.register_operation("rename_object")
class RenameObject(SchemaOperation):
    """Rename or move an object of any kind; its rows, grants and dependants stay."""

    @classmethod
    def rename_object(cls, operations: Operations, kind: str, identity: Identity, *statements: str) -> None:
        """Rename an object of `kind` by `statements`."""
        operations.invoke(cls(kind, identity, *statements))


class CreateIndex(CreateObject):
    """CREATE INDEX; a class of its own because it can be built CONCURRENTLY in its own file."""


class ColumnPrivileges(AlterObject):
    """GRANT or REVOKE on one column; neighbours that differ in the column only become one statement.

    `privileges` are the privileges' names, `head` is `GRANT` or `REVOKE`, `tail` what follows them.
    """

    def __init__(
        self,
        identity: Identity,
        head: str,
        privileges: Sequence[str],
        column: str,
        tail: str,
        *,
        hazards: Iterable[Hazard] = (),
    ) -> None:
        self.head, self.tail = head, tail
        self.columns = {name: [column] for name in privileges}
        super().__init__("grant", identity, self._text(), hazards=hazards)

    def _text(self) -> str:
        listed = ", ".join(f"{name} ({', '.join(columns)})" for name, columns in self.columns.items())
        return f"{self.head} {listed} {self.tail}"

    def take(self, other: ColumnPrivileges) -> bool:
        """Make `other` part of this statement; False when it says something else."""
        if (self.head, self.tail) != (other.head, other.tail):
            return False
        for name, columns in other.columns.items():
            self.columns.setdefault(name, []).extend(columns)
        self.statements = (self._text(),)
        self.hazards = tuple(dict.fromkeys((*self.hazards, *other.hazards)))
        return True


class TableClause(SchemaOperation):
    """One subcommand of ALTER TABLE; neighbours on the same relation become one statement.

    `relation` is the qualified SQL name, `clause` the text after it. `alone` keeps it out of a combined statement.
    """

    def __init__(
        self,
        kind: str,
        identity: Identity,
        relation: str,
        clause: str,
        *,
        hazards: Iterable[Hazard] = (),
        alone: bool = False,
        later: bool = False,
        settings: Iterable[str] = (),
    ) -> None:
        sql = f"ALTER TABLE {relation} {clause}"
        super().__init__(kind, identity, sql, hazards=hazards, later=later, settings=settings)
        self.relation = relation
        self.clause = clause
        self.alone = alone


@Operations.implementation_for(SchemaOperation)
def _run(operations: Operations, operation: SchemaOperation) -> None:
    # Not impl.execute(): it replaces tabs by spaces, also inside function bodies.
    assert isinstance(operations.impl, DefaultImpl)
    for statement in operation.statements:
        operations.impl.static_output(statement.rstrip().rstrip(";") + ";")


@Operations.implementation_for(ops.ModifyTableOps)
def _run_clauses(operations: Operations, operation: ops.ModifyTableOps) -> None:
    assert isinstance(operations.impl, DefaultImpl)
    clauses = [clause for clause in operation.ops if isinstance(clause, TableClause)]
    body = ",\n".join("    " + clause.clause for clause in clauses)
    operations.impl.static_output(f"ALTER TABLE {clauses[0].relation}\n{body};")


def hazards_of(operation: MigrateOperation) -> tuple[Hazard, ...]:
    """The hazards of an operation and of those inside it."""
    found: tuple[Hazard, ...] = tuple(getattr(operation, "hazards", ()))
    if isinstance(operation, ops.OpContainer):
        for inner in operation.ops:
            found += hazards_of(inner)
    return found


def settings_of(operation: MigrateOperation) -> tuple[str, ...]:
    """The SET statements that an operation and those inside it need."""
    found: tuple[str, ...] = tuple(getattr(operation, "settings", ()))
    if isinstance(operation, ops.OpContainer):
        for inner in operation.ops:
            found += settings_of(inner)
    return found


def with_hazards(operation: MigrateOperation, hazards: Iterable[Hazard]) -> MigrateOperation:
    """The operation (one of Alembic's own) carrying `hazards`."""
    # An attribute of ours: MigrateOperation.info is the table's own `info` in some of Alembic's operations.
    setattr(operation, "hazards", tuple(hazards))  # noqa: B010
    return operation


def combine(operations: Sequence[MigrateOperation]) -> list[MigrateOperation]:
    """The operations with neighbouring clauses on one relation put into one `ops.ModifyTableOps`."""
    result: list[MigrateOperation] = []
    for operation in operations:
        last = result[-1] if result else None
        if isinstance(operation, ColumnPrivileges) and isinstance(last, ColumnPrivileges) and last.take(operation):
            continue
        if not isinstance(operation, TableClause) or operation.alone:
            result.append(operation)
        elif isinstance(last, ops.ModifyTableOps) and _relation(last) == operation.relation:
            last.ops.append(operation)
        elif isinstance(last, TableClause) and not last.alone and last.relation == operation.relation:
            schema, table = operation.identity[0], operation.identity[1]
            result[-1] = ops.ModifyTableOps(table, [last, operation], schema=schema)
        else:
            result.append(operation)
    return result


def _relation(container: ops.ModifyTableOps) -> str:
    first = container.ops[0]
    return first.relation if isinstance(first, TableClause) else ""


def rename_in_schema(word: str, kind: str, old: Identity, new: Identity) -> list[MigrateOperation]:
    """ALTER `word` for an object that lives in a schema: moved first when the schema differs, then renamed."""
    statements = []
    if old[0] != new[0]:
        statements.append(f"ALTER {word} {qualified(*old)} SET SCHEMA {ident(new[0])}")
    if old[1] != new[1]:
        statements.append(f"ALTER {word} {qualified(new[0], old[1])} RENAME TO {ident(new[1])}")
    return [RenameObject(kind, new, *statements)]


def rename_by_method(word: str, kind: str, old: Identity, new: Identity) -> list[MigrateOperation]:
    """`rename_in_schema` for an object that an access method, the third part of its identity, belongs to."""
    statements, using = [], f"USING {ident(old[2])}"
    if old[0] != new[0]:
        statements.append(f"ALTER {word} {qualified(*old[:2])} {using} SET SCHEMA {ident(new[0])}")
    if old[1] != new[1]:
        statements.append(f"ALTER {word} {qualified(new[0], old[1])} {using} RENAME TO {ident(new[1])}")
    return [RenameObject(kind, new, *statements)]


def rename_on_table(word: str, kind: str, old: Identity, new: Identity) -> list[MigrateOperation]:
    """ALTER `word` … ON table RENAME TO for an object that lives on a table (policy, trigger, rule)."""
    sql = f"ALTER {word} {ident(old[2])} ON {qualified(*new[:2])} RENAME TO {ident(new[2])}"
    return [RenameObject(kind, new, sql)]
