"""The one family of expected failures.

Everything a user can cause or repair is a `TaskError`: what is wrong (`message`, one line), why (`cause`), and the
command or edit that helps (`next_step`). The boundary in `tasks/boundary.py` is the only place that catches it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXIT_EXPECTED = 1
EXIT_UNEXPECTED = 3
EXIT_INTERRUPTED = 130
EXIT_READER_GONE = 141


class TaskError(Exception):
    """An expected failure.

    Takes one line of what is wrong, optionally its cause (may be several lines), the next step (a command or an edit),
    a stable machine-readable `code` and JSON-ready `data` for `--json`.
    """

    exit_code = EXIT_EXPECTED

    # `data` is whatever JSON can hold; a narrower type would only move the cast to every caller.
    def __init__(
        self,
        message: str,
        *,
        cause: str | None = None,
        next_step: str | None = None,
        code: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause
        self.next_step = next_step
        self.code = code or self.default_code()
        self.data = dict(data or {})

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are copied by their positional arguments, of which there is only one.
        return _restored, (type(self), self.message, self.cause, self.next_step, self.code, self.data)

    @classmethod
    def default_code(cls) -> str:
        """The class name in kebab case without `Error`: `SettingsError` is `settings`."""
        name = cls.__name__.removesuffix("Error") or cls.__name__
        return "".join(f"-{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))

    def as_json(self) -> dict[str, Any]:
        """The failure as `--json` prints it."""
        return {
            "code": self.code,
            "message": self.message,
            "cause": self.cause,
            "next_step": self.next_step,
            **({"data": self.data} if self.data else {}),
        }


class Interrupted(KeyboardInterrupt):
    """Ctrl-C at a moment of which the command knows what it leaves: the state it left, in one line, and the command that goes
    on or repairs."""

    def __init__(self, state: str, *, next_step: str | None = None) -> None:
        super().__init__(state)
        self.state = state
        self.next_step = next_step


def _restored(
    kind: type[TaskError],
    message: str,
    cause: str | None,
    next_step: str | None,
    code: str,
    data: Mapping[str, Any],
) -> TaskError:
    return kind(message, cause=cause, next_step=next_step, code=code, data=data)


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
