"""The one family of expected failures.

Everything a user can cause or repair is a `TaskError`: what is wrong (`message`, one line), why (`cause`), and the
command or edit that helps (`next_step`). The boundary in `tasks/boundary.py` is the only place that catches it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from supabase_tasks import command_line

EXIT_EXPECTED = 1
EXIT_UNEXPECTED = 3
EXIT_INTERRUPTED = 130
EXIT_READER_GONE = 141


# What authors add to an edit; the boundary prints that command itself.
_AGAIN = re.compile(r",? (then|and) (run )?(the same command|it)( again)?$")
# An edit after which another command than the one that failed goes on.
_THEN = re.compile(r"(?P<fix>.+?),? then(?:: (?P<plain>.+)| `(?P<quoted>[^`]+)`)")


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a failure: `fix` is an edit in words, `command` one line for a POSIX shell, `others` more such
    lines that may be run instead of it."""

    fix: str | None = None
    command: str | None = None
    others: tuple[str, ...] = ()


class TaskError(Exception):
    """An expected failure.

    Takes one line of what is wrong, optionally its cause (may be several lines), the next step (one command that runs
    when it is pasted, or an edit in words), `others` (commands that may be run instead), a stable machine-readable
    `code` and JSON-ready `data` for `--json`.
    """

    exit_code = EXIT_EXPECTED

    # `data` is whatever JSON can hold; a narrower type would only move the cast to every caller.
    def __init__(
        self,
        message: str,
        *,
        cause: str | None = None,
        next_step: str | None = None,
        others: Sequence[str] = (),
        code: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause
        self.next_step = next_step
        self.others = tuple(others)
        self.code = code or self.default_code()
        self.data = dict(data or {})

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are copied by their positional arguments, of which there is only one.
        return _restore, (type(self), self.message, self.cause, self.next_step, self.others, self.code, self.data)

    @classmethod
    def default_code(cls) -> str:
        """The class name in kebab case without `Error`: `SettingsError` is `settings`."""
        name = cls.__name__.removesuffix("Error") or cls.__name__
        return "".join(f"-{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))

    @property
    def advice(self) -> Advice:
        """The next step, told apart: an edit is followed by the command that it names (`…, then: COMMAND`), or else by the
        one that failed."""
        others = tuple(map(command_line.here, self.others))
        if self.next_step is None:
            return Advice(command=None if others else command_line.again(), others=others)
        if command_line.is_command(self.next_step):
            return Advice(command=command_line.here(self.next_step), others=others)
        if (found := _THEN.fullmatch(self.next_step)) and command_line.is_command(found["plain"] or found["quoted"]):
            return Advice(found["fix"], command_line.here(found["plain"] or found["quoted"]), others)
        return Advice(_in_variable(_AGAIN.sub("", self.next_step)), command_line.again(), others)

    def as_json(self) -> dict[str, Any]:
        """The failure as `--json` prints it."""
        advice = self.advice
        return {
            "code": self.code,
            "message": self.message,
            "cause": self.cause,
            "fix": advice.fix,
            "next_step": advice.command,
            **({"others": list(advice.others)} if advice.others else {}),
            **({"data": self.data} if self.data else {}),
        }


def _in_variable(fix: str) -> str:
    """An edit, with where to put the URL that the command takes from a variable so that no password is shown."""
    name = command_line.URL_VARIABLE
    return f"{fix}; put the URL into {name} (export {name}=…)" if f'"${name}"' in (command_line.again() or "") else fix


class TaskInterrupted(KeyboardInterrupt):
    """Ctrl-C at a moment of which the command knows what it leaves: the state it left, in one line, and the command that goes
    on or repairs."""

    def __init__(self, state: str, *, next_step: str | None = None) -> None:
        super().__init__(state)
        self.state = state
        self.next_step = next_step


def _restore(
    kind: type[TaskError],
    message: str,
    cause: str | None,
    next_step: str | None,
    others: Sequence[str],
    code: str,
    data: Mapping[str, Any],
) -> TaskError:
    return kind(message, cause=cause, next_step=next_step, others=others, code=code, data=data)


class SettingsError(TaskError):
    """pyproject.toml, config.toml or an environment file says something that cannot be used."""


class EnvironmentMissingError(TaskError):
    """Environment variables that a target needs are not set."""


class ModelsError(TaskError):
    """The models cannot be imported, declare something twice, or declare nothing."""


class MigrationError(TaskError):
    """A migration file has a bad name, does not parse or does not replay."""


class DatabaseError(TaskError):
    """A PostgreSQL server could not be started, reached or used."""


class CliError(TaskError):
    """The Supabase CLI is missing, too old, or ended with an error."""


class DiffError(TaskError):
    """The difference cannot be turned into a migration."""


class ProofError(DiffError):
    """The migration ran, and the result does not equal the models: nothing is written."""


class UnansweredError(DiffError):
    """A question (a rename, a data loss) has no answer, and the run is not interactive."""


class GuardError(TaskError):
    """A hosted change was refused."""


class LintError(TaskError):
    """A check of the migration files found something."""
