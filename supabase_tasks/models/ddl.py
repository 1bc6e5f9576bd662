"""The models as DDL, in an order in which PostgreSQL accepts it: what SQLAlchemy knows, and every declaration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from supabase_tasks.models import foreign_key_errors
from supabase_tasks.models.collect import own_tables
from supabase_tasks.models.declaration import Declaration, Identity, Models, Origin, Statement
from supabase_tasks.models.dialect import DEFAULT_SCHEMA, forget, statement_text
from supabase_tasks.models.language.base import line_of, schema_of, wrong
from supabase_tasks.models.language.objects import SequenceOptions
from supabase_tasks.models.language.views import ViewIndex
from supabase_tasks.models.language.words import Phase, all_words, declares_view
from supabase_tasks.models.misread import refuse_misread, refuse_moment
from supabase_tasks.models.type_statements import named_types

if TYPE_CHECKING:
    from sqlalchemy import Constraint, Sequence, Table
    from sqlalchemy.sql.ddl import ExecutableDDLElement


def ddl_statements(models: Models) -> list[Statement]:
    """Every statement that creates what the models declare, in order; the text depends on nothing but the models.

    Raises `ModelsError` with file and line for an expression that cannot be compiled.
    """
    return list(stream(models))


def stream(models: Models) -> Iterator[Statement]:
    """`ddl`, each statement compiled when it is asked for, so that PostgreSQL can work on the one before meanwhile."""
    types = ((all_words()[made.kind].phase, _ready(made)) for made in named_types(models))
    found = [*types, *_sequences(models), *_tables(models), *_declarations(models)]
    found.sort(key=lambda pair: pair[0])
    found.reverse()
    while found:
        # What SQLAlchemy remembers of a compiled statement goes with it.
        _, made = found.pop()
        for statement in made():
            refuse_moment(statement)
            yield statement
    forget()


_CONCURRENTLY = re.compile(r"\A(CREATE (?:UNIQUE )?INDEX) CONCURRENTLY\b")
# A phase, and what makes its statements.
_Phased = tuple[Phase, Callable[[], Iterable[Statement]]]


def _ready(statement: Statement) -> Callable[[], Iterable[Statement]]:
    return lambda: (statement,)


def _declarations(models: Models) -> Iterator[_Phased]:
    relations = {table.name for table in own_tables(models.metadata)}
    relations |= {item.identity[-1] for item in models.declarations if declares_view(item.kind)}
    for item in models.declarations:
        yield _phase(item, relations), partial(_of_declaration, item)


def _of_declaration(item: Declaration) -> Iterable[Statement]:
    return [Statement(sql, item.kind, item.identity, item.origin) for sql in item.statements()]


def _phase(item: Declaration, relations: set[str]) -> Phase:
    if item.kind == "function" and _needs_relation(item, relations):
        return Phase.LATE_FUNCTION
    if isinstance(item, SequenceOptions):
        return Phase.SEQUENCE_OPTION
    # Views and the indexes on them keep the author's order.
    if isinstance(item, ViewIndex):
        return Phase.VIEW
    word = all_words().get(item.kind)
    return word.phase if word else Phase.SQL


def _needs_relation(item: Declaration, relations: set[str]) -> bool:
    # A table's default or check may call a function; a signature or a parsed body may name a table.
    text = "\n".join(item.statements())
    head, _, body = text.partition("$")
    parsed = f"{head} {body}" if re.search(r"\bbegin\s+atomic\b|\n\s*return ", text, re.IGNORECASE) else head
    return not relations.isdisjoint(re.findall(r"\w+", parsed.lower()))


def _sequences(models: Models) -> Iterator[_Phased]:
    from sqlalchemy import Sequence as SqlSequence
    from sqlalchemy.schema import CreateSequence

    # Metadata keeps no public list of its sequences; columns name those that they take defaults from.
    known: dict[str, Sequence] = dict(models.metadata._sequences)
    for table in own_tables(models.metadata):
        for column in table.columns:
            if isinstance(column.default, SqlSequence):
                known.setdefault(f"{column.default.schema or ''}.{column.default.name}", column.default)
    for sequence in {(item.schema or DEFAULT_SCHEMA, item.name): item for item in known.values()}.values():
        identity = (sequence.schema or DEFAULT_SCHEMA, sequence.name)
        yield Phase.SEQUENCE, _ready(Statement(statement_text(CreateSequence(sequence)), "sequence", identity))


def _tables(models: Models) -> Iterator[_Phased]:
    from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable

    for table in _beginning_with_taken_names(own_tables(models.metadata)):
        identity = (schema_of(table), table.name)
        origin = models.table_origin(*identity)

        def made(
            kind: str,
            element: Callable[[], ExecutableDDLElement],
            name: Iterable[str] = (),
            identity: Identity = identity,
            origin: Origin | None = origin,
        ) -> _Phased:
            statement = partial(Statement, kind=kind, identity=(*identity, *name), origin=origin)
            return all_words()[kind].phase, lambda: (statement(_compile(element(), origin)),)

        refuse_misread(table, origin)
        unvalidated = _unvalidated_checks(table)
        # Foreign keys come last of all tables, so that cycles and the order of tables need no thought.
        yield made("table", partial(CreateTable, table, include_foreign_key_constraints=[]))
        for constraint in [*unvalidated, *_foreign_keys(table)]:
            added = partial(AddConstraint, constraint, isolate_from_table=False)
            yield made("constraint", added, [str(constraint.name or "")])
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield made("index", partial(CreateIndex, index), [str(index.name)], identity[:1])
        yield from (made("comment", element) for element in _comments(table))


def _beginning_with_taken_names(tables: Iterable[Table]) -> list[Table]:
    """The tables that have the usual name of a column's sequence before all others: PostgreSQL gives the sequence another name
    where a relation has that one, and refuses the table where the sequence does (ChooseRelationName())."""
    found = list(tables)
    names = {(schema_of(table), f"{table.name}_{column.name}_seq") for table in found for column in table.columns}
    return sorted(found, key=lambda table: (schema_of(table), table.name) not in names)


def _unvalidated_checks(table: Table) -> list[Any]:
    """The checks with NOT VALID, taken out of the table's definition: PostgreSQL 17 marks what CREATE TABLE checks as valid
    (transformCheckConstraints())."""
    from sqlalchemy.schema import AddConstraint, CheckConstraint

    for column in table.columns:
        for one in [one for one in column.constraints if _is_unvalidated(one)]:
            column.constraints.discard(one)
            table.append_constraint(one)
    found = [one for one in table.constraints if isinstance(one, CheckConstraint) and _is_unvalidated(one)]
    for one in found:
        AddConstraint(one, isolate_from_table=True)
    return sorted(found, key=lambda one: (str(one.name or ""), str(one.sqltext)))


def _is_unvalidated(constraint: Constraint) -> bool:
    return bool(constraint.dialect_kwargs.get("postgresql_not_valid"))


def _foreign_keys(table: Table) -> list[Any]:
    keys = sorted(table.foreign_key_constraints, key=lambda key: (str(key.name or ""), tuple(key.column_keys)))
    return list(keys)


def _comments(table: Table) -> Iterator[Callable[[], ExecutableDDLElement]]:
    from sqlalchemy.schema import SetColumnComment, SetConstraintComment, SetTableComment

    if table.comment is not None:
        yield partial(SetTableComment, table)
    yield from (partial(SetColumnComment, column) for column in table.columns if column.comment is not None)
    named = {str(constraint.name): constraint for constraint in table.constraints if constraint.comment is not None}
    yield from (partial(SetConstraintComment, named[name]) for name in sorted(named))


def _compile(element: ExecutableDDLElement, origin: Origin | None) -> str:
    from sqlalchemy.exc import NoReferenceError, SQLAlchemyError
    from sqlalchemy.schema import AddConstraint, ForeignKeyConstraint

    try:
        # How an index is built is the migration's affair, and no transaction builds one concurrently.
        return _CONCURRENTLY.sub(r"\1", statement_text(element))
    except NoReferenceError as error:
        key = element.element if isinstance(element, AddConstraint) else None
        if isinstance(key, ForeignKeyConstraint):
            raise foreign_key_errors.explain(error, key, origin) from error
        raise wrong(origin, str(error).splitlines()[0]) from error
    except SQLAlchemyError as error:
        raise wrong(line_of(error, origin), str(error).splitlines()[0]) from error
