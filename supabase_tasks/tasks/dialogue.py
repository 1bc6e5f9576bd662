"""What a change leaves open, asked of the person in the terminal: renames, values for rows, permissions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from supabase_tasks import command_line, console, prompting
from supabase_tasks.errors import TaskError
from supabase_tasks.prompting import Choice

if TYPE_CHECKING:
    from supabase_tasks.diff.errors import WrongDefaultError
    from supabase_tasks.diff.options import Loss, OpenQuestion, PermissionQuestion, Question, ValueQuestion
    from supabase_tasks.flow.local.row_counts import LocalRows
    from supabase_tasks.flow.schema.request import Request
    from supabase_tasks.settings import Settings

_STOP = Choice("stop", "nothing is written", "q")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_NUMERIC = re.compile(r"smallint|integer|bigint|numeric|real|double precision|money")
_TITLES = {
    "data-loss": "this migration deletes data",
    "enum-order": "this migration reorders the values of an enum",
    "enum-values": "this migration removes values of an enum",
}


class StoppedError(TaskError):
    """The person chose to stop."""


class Dialogue:
    """Asks what is open, and says in the end which command gives the same answers by itself.

    The questions of one round are asked together; an answer may open others, which are counted on.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._given: list[str] = []
        self._asked = 0
        self._rows: LocalRows | None = None

    def __call__(
        self, questions: Sequence[OpenQuestion], request: Request, refused: WrongDefaultError | None = None
    ) -> Request:
        """The request with the answers to `questions`; `refused` says why the last value was not taken.

        Raises `StoppedError` when the person stops.
        """
        if refused is not None:
            self._forget(refused)
        ready = _in_turn(questions)
        total = self._asked + len(questions)
        for question in ready:
            self._asked += 1
            request = self._answer(question, request, f"Question {self._asked} of {total}")
        return request

    def end(self, *, planned: bool) -> None:
        """Print the command that answers the same: a value may have been refused until the last question."""
        self._say_answers("the same without questions" if planned else "answered so far")

    def _forget(self, refused: WrongDefaultError) -> None:
        console.note(refused.message)
        for line in (refused.cause or "").split("\n"):
            console.note(f"  {line}")
        pairs = zip(self._given[::2], self._given[1::2], strict=True)
        self._given = [word for pair in pairs if not pair[1].startswith(f"{refused.column}=") for word in pair]
        self._asked -= 1

    def _say_answers(self, what: str) -> None:
        if self._given:
            console.note(f"{what}:")
            console.note_command(command_line.with_options(self._given, "inv schema-generate"))

    def _answer(self, question: OpenQuestion, request: Request, place: str) -> Request:
        from supabase_tasks.diff.options import PermissionQuestion, Question

        if isinstance(question, Question):
            answer = self._rename(question, place)
            self._given += ["--rename", answer]
            return replace(request, renames=(*request.renames, answer))
        if isinstance(question, PermissionQuestion):
            self._permission(question, place)
            self._given += ["--allow", question.code]
            return replace(request, allow=request.allow | {question.code})
        expression = self._value(question, place)
        self._given += ["--default", f"{question.column}={expression}"]
        return replace(request, defaults={**request.defaults, question.column: expression})

    def _rename(self, question: Question, place: str) -> str:
        choices = [
            Choice(f"renamed from {_short(one.old, one.new)}", self._what_is_kept(one.old))
            for one in question.candidates
        ]
        gone = " or ".join(_short(one.old, one.new) for one in question.candidates)
        choices += [Choice("new", self._what_is_dropped(question, gone), "n"), _STOP]
        lines = [f"{place}: {question.noun} {question.new}", f"Is it a renamed {question.noun}, or a new one?"]
        picked = _chosen(lines, choices)
        return question.candidates[picked].answer if picked < len(question.candidates) else f":{question.new}"

    def _what_is_kept(self, old: str) -> str:
        count = self._count(old)
        if count is None:
            return "its rows are kept"
        return f"its {count} are kept" if count[0].isdigit() else f"nothing is lost ({count} in the local database)"

    def _what_is_dropped(self, question: Question, gone: str) -> str:
        if "--allow" not in question.consequences:
            return f"{gone} goes away"
        counts = [self._count(one.old) for one in question.candidates]
        known = f" ({counts[0]} in the local database)" if len(counts) == 1 and counts[0] else ""
        return f"the data of {gone} is deleted{known}"

    def _permission(self, question: PermissionQuestion, place: str) -> None:
        lines = [f"{place}: {_TITLES.get(question.code, question.code)}"]
        for loss in question.losses:
            count = self._count_of_loss(loss)
            lines.append(f"- {loss.message}" + (f" ({count} in the local database)" if count else ""))
        lines.append("Other databases may hold more than the local one. Is it meant?")
        _chosen(lines, [_STOP, Choice("yes", "the migration is written so", "y")])

    def _value(self, question: ValueQuestion, place: str) -> str:
        count = self._count(_table_of(question.column))
        known = f" (the local database has {count})" if count else ""
        lines = [
            f"{place}: column {question.column} ({question.type}) is NOT NULL and has no default",
            f"What do existing rows get?{known}",
        ]
        choices = [
            Choice("a value", "the same for every row, typed next", "v"),
            Choice("an SQL expression", f"for example {question.suggestion}", "e"),
            Choice("nothing", "stops here: make the column optional in the models", "o"),
            _STOP,
        ]
        picked = _chosen(lines, choices)
        if picked == 0:
            return _literal(prompting.text(f"value of {question.column}:", _demand_text), question.type)
        if picked == 1:
            return prompting.text(f"SQL expression for {question.column}:", _demand_text)
        raise StoppedError(
            f"{question.column} is to be optional: nothing was written",
            next_step=f"make {question.column} optional in the models (`str | None` and the like)",
            code="stopped",
        )

    def _count_of_loss(self, loss: Loss) -> str | None:
        from supabase_tasks.diff.ddl.names import split_dotted

        if loss.kind in ("table", "column"):
            return self._count(loss.name)
        schema, table, column = split_dotted(loss.name) if loss.values else ("", "", "")
        held = self._local_rows.holding(schema, table, column, loss.values) if loss.values else None
        return None if held is None else _in_words(held, "row")

    def _count(self, name: str) -> str | None:
        """The rows of a table, or the values of a column, in words; None when they are not known."""
        from supabase_tasks.diff.ddl.names import split_dotted

        parts = split_dotted(name)
        found = self._local_rows.of(*parts) if len(parts) in (2, 3) else None
        if found is None:
            return None
        return _in_words(found.rows, "row") if found.values is None else _in_words(found.values, "value")

    @property
    def _local_rows(self) -> LocalRows:
        if self._rows is None:
            from supabase_tasks.flow.local.row_counts import LocalRows

            self._rows = LocalRows(self._settings)
        return self._rows


def _in_words(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _in_turn(questions: Sequence[OpenQuestion]) -> list[OpenQuestion]:
    """The questions to ask now. Renames first, then values: what is answered may settle the rest, and
    a value that PostgreSQL does not take is asked for again before anything else."""
    from supabase_tasks.diff.options import Question, ValueQuestion

    kind = next((kind for kind in (Question, ValueQuestion) if any(isinstance(one, kind) for one in questions)), object)
    return [one for one in questions if isinstance(one, kind)]


def _chosen(lines: Sequence[str], choices: Sequence[Choice]) -> int:
    picked = prompting.choose(lines, choices)
    if choices[picked] is _STOP:
        raise StoppedError("stopped: nothing was written", code="stopped")
    return picked


def _short(old: str, new: str) -> str:
    """The name without what both have in common."""
    from supabase_tasks.diff.ddl.names import join_dotted, split_dotted

    *parent, name = split_dotted(old)
    return join_dotted(name) if parent == [*split_dotted(new)[:-1]] else old


def _table_of(column: str) -> str:
    from supabase_tasks.diff.ddl.names import join_dotted, split_dotted

    return join_dotted(*split_dotted(column)[:-1])


def _demand_text(given: str) -> str | None:
    return None if given else "nothing was typed; an empty text is ''"


def _literal(given: str, type_: str) -> str:
    """What was typed as a value of the type: a number or truth value as it is, anything else quoted."""
    if given.startswith("'") and given.endswith("'") and len(given) > 1:
        return given
    plain = given.lower() in ("true", "false") and type_ == "boolean"
    if plain or (_NUMERIC.match(type_) and _NUMBER.fullmatch(given)):
        return given
    return "'" + given.replace("'", "''") + "'"
