"""What the caller of `plan` decides: answers to renames, allowed hazards, timeouts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supabase_tasks import command_line

if TYPE_CHECKING:
    import psycopg


@dataclass(frozen=True, slots=True)
class Candidate:
    """An object that disappeared and may be the one that appeared. `similarity` runs from 0 to 1."""

    kind: str
    old: str
    new: str
    similarity: float

    @property
    def answer(self) -> str:
        """What `--rename` takes for yes."""
        return f"{self.old}:{self.new}"

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "old": self.old, "new": self.new, "similarity": round(self.similarity, 2)}


@dataclass(frozen=True, slots=True)
class Question:
    """Was one of `candidates` (most alike first) renamed to `new`, or is `new` a new object?

    `consequences` are the options that the answer "new" also takes: a permission for what is then dropped, a value for
    existing rows.
    """

    kind: str
    new: str
    candidates: tuple[Candidate, ...]
    consequences: tuple[str, ...] = ()

    @property
    def noun(self) -> str:
        """What kind of object it is, as a person says it."""
        return self.kind.replace("_", " ")

    def answer_as(self, renamed: Candidate | None) -> tuple[str, ...]:
        """The answer as options and their values: the rename, or (None) that it is new and every candidate another's."""
        if renamed is not None:
            return ("--rename", renamed.answer)
        options = zip(self.consequences[::2], self.consequences[1::2], strict=True)
        return ("--rename", f":{self.new}", *(word for option in options if option[0] != "--allow" for word in option))

    def as_json(self) -> dict[str, Any]:
        answers = [("--rename", candidate.answer) for candidate in self.candidates]
        return {
            "question": "rename",
            "kind": self.kind,
            "new": self.new,
            "candidates": [candidate.as_json() for candidate in self.candidates],
            "answers": [
                command_line.join(*one) for one in (*answers, ("--rename", f":{self.new}", *self.consequences))
            ],
        }


@dataclass(frozen=True, slots=True)
class ValueQuestion:
    """What do existing rows get in a new NOT NULL `column` (`schema.table.column`) without a default?

    `suggestion` is an expression that `type` takes.
    """

    column: str
    type: str
    suggestion: str

    @property
    def proposal(self) -> tuple[str, ...]:
        return ("--default", f"{self.column}={self.suggestion}")

    def as_json(self) -> dict[str, Any]:
        return {
            "question": "value",
            "kind": "column",
            "new": self.column,
            "type": self.type,
            "answers": [command_line.join(*self.proposal)],
        }


@dataclass(frozen=True, slots=True)
class PermissionQuestion:
    """Is a hazard meant? `losses` are the objects of it: what is said, and the dotted name of a table or column."""

    code: str
    losses: tuple[Loss, ...]

    @property
    def proposal(self) -> tuple[str, ...]:
        return ("--allow", self.code)

    def as_json(self) -> dict[str, Any]:
        return {
            "question": "permission",
            "kind": self.code,
            "losses": [{"kind": loss.kind, "name": loss.name, "message": loss.message} for loss in self.losses],
            "answers": [command_line.join(*self.proposal)],
        }


@dataclass(frozen=True, slots=True)
class Loss:
    """One object that a hazard is about; `values` are those of an enum that a column (`name`) may hold."""

    kind: str
    name: str
    message: str
    values: tuple[str, ...] = ()


_DEFAULT = re.compile(r'(?P<column>(?:"(?:[^"]|"")*"|[^="])+)=(?P<expression>\s*\S.*)', re.DOTALL)


def split_default(text: str) -> tuple[str, str] | None:
    """The column and the expression of a value of `--default`: `schema.table.column=expression`, where a part with a dot, or
    an equals sign, in its name stands in double quotes. None for a text of another form."""
    from supabase_tasks.diff.ddl.names import join_dotted, split_dotted

    given = _DEFAULT.fullmatch(text)
    if not given or given["column"].count(".") < 2:
        return None
    return join_dotted(*split_dotted(given["column"].strip())), given["expression"].strip()


OpenQuestion = Question | ValueQuestion | PermissionQuestion


def proposed_answers(questions: Sequence[OpenQuestion]) -> tuple[str, ...]:
    """The likeliest answers to all questions together, as options and their values: no object is renamed twice, and
    what is left without one to come from is new."""
    renamed = _likeliest([question for question in questions if isinstance(question, Question)])
    words: list[str] = []
    for question in questions:
        words += question.answer_as(renamed.get(question.new)) if isinstance(question, Question) else question.proposal
    return tuple(words)


def _likeliest(questions: Sequence[Question]) -> dict[str, Candidate]:
    """The candidate for each new object, the most alike first, each old one once."""
    found: dict[str, Candidate] = {}
    pairs = [candidate for question in questions for candidate in question.candidates]
    for pair in sorted(pairs, key=lambda candidate: -candidate.similarity):
        if pair.new not in found and all(pair.old != other.old for other in found.values()):
            found[pair.new] = pair
    return found


Run = Callable[["psycopg.Connection[Any]", str], None]
# Returns the chosen candidate, or None for "it is new".
Ask = Callable[[Question], "Candidate | None"]


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How `plan` answers what the two databases cannot.

    `renames`: `old:new` with dotted names (`public.a:public.b`, `public.t.old:new`, `public.status.old:new` for an enum
    value; a part that holds a dot, colon or quote may stand in double quotes), chains and swaps as several of them; an
    optional leading kind settles ambiguity (`index:public.a:public.b`); an empty old side (`:public.t.c`) says that the
    object is new. `defaults`: an SQL expression by `schema.table.column` that fills the rows of a new NOT NULL column.
    `allow`: names of accepted hazards (`data-loss`). `ask` is called for renames that nothing answers; None means not
    interactive. `ignore`: patterns, see `Scope`. Timeouts are PostgreSQL interval texts, `0` means none. `concurrently`
    builds and drops indexes of existing tables in files of their own.
    `role` is the role that will apply the migration. `attended` asks also what is planned without a question otherwise.
    `run` runs a statement that is tried out, with the rights that hosted Supabase gives some of them; None means with
    those of the connection.
    """

    renames: tuple[str, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    allow: frozenset[str] = frozenset()
    ask: Ask | None = None
    ignore: tuple[str, ...] = ()
    lock_timeout: str = "5s"
    statement_timeout: str = "0"
    concurrently: bool = False
    role: str = "postgres"
    attended: bool = False
    run: Run | None = None

    def try_statement(self, connection: psycopg.Connection[Any], statement: str) -> None:
        """Run `statement` on `connection`."""
        if self.run is None:
            connection.execute(statement.encode())
        else:
            self.run(connection, statement)
