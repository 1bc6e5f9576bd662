"""The one error boundary: `@task` turns a function into an Invoke task whose failures are one line and an exit code.

1: an expected failure (`TaskError`); 3: a bug, with traceback; 130: Ctrl-C; 141: the reader of the output has gone.
"""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, overload

from invoke.exceptions import Exit
from invoke.tasks import Task

from supabase_tasks import console, environment, exhaustion, library_messages, own_variables, progress, streams
from supabase_tasks.error_text import render
from supabase_tasks.errors import (
    EXIT_INTERRUPTED,
    EXIT_READER_GONE,
    EXIT_UNEXPECTED,
    SettingsError,
    TaskError,
    TaskInterrupted,
)
from supabase_tasks.tasks import dry_run


@overload
def task(body: Callable[..., None], /) -> Task[Any]: ...
@overload
def task(body: None = None, /, **options: Any) -> Callable[[Callable[..., None]], Task[Any]]: ...
# The body's own parameters become the task's options, so their types are the task's affair.
def task(body: Callable[..., None] | None = None, /, **options: Any) -> Any:
    """`invoke.task` with our boundary around the body: the task's name is the function's, with dashes.

    A parameter named `json` switches the output to one JSON document. Takes the options of `invoke.task`, and `interrupted`:
    the state that Ctrl-C leaves, for as long as the body raises no `TaskInterrupted` that knows it better.
    """
    if body is None:
        return functools.partial(task, **options)
    options.setdefault("name", body.__name__.replace("_", "-"))
    words = options.pop("interrupted", "")
    # Invoke would derive one-letter flags from the order of the parameters: too short for what these tasks can do.
    options.setdefault("auto_shortflags", False)
    return Task(_repeatable(_bound(body, options["name"], words), options.get("iterable") or ()), **options)


def _repeatable(body: Callable[..., None], names: Sequence[str]) -> Callable[..., None]:
    # Invoke takes an option's kind from its default: a tuple there would split the text into its letters.
    found = inspect.signature(body)
    changed = [one.replace(default=None) if one.name in names else one for one in found.parameters.values()]
    body.__signature__ = found.replace(parameters=changed)  # type: ignore[attr-defined]
    return body


def _bound(body: Callable[..., None], name: str, interrupted: str) -> Callable[..., None]:
    @functools.wraps(body)
    def bounded(*args: Any, **kwargs: Any) -> None:
        console.start(as_json=bool(kwargs.get("json")))
        run = functools.partial(dry_run.show, body, name) if dry_run.is_asked(args) else guarded
        try:
            run(args, kwargs)
        except BrokenPipeError as error:
            # Also while a failure is being reported.
            raise reader_gone() from error

    def guarded(args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        library_messages.quiet_libraries()
        environment.drop_libpq_variables()
        try:
            own_variables.refuse_misspelt()
            if os.environ.get("NX_TASK_TARGET_TARGET") == name:
                _refuse_what_nx_misread()
            if options := [word for word in _required_words(body, kwargs) if word.startswith("-")]:
                _refuse_option_as_word(name, options[0])
            body(*args, **kwargs)
        except TaskError as error:
            raise exit_of(exhaustion.explain(error)) from error
        except (KeyboardInterrupt, EOFError) as error:
            progress.end()
            raise _interruption(error, interrupted) from error
        except (Exit, BrokenPipeError):
            raise
        except Exception as error:
            short = exhaustion.of(error)
            raise (exit_of(short) if short else _bug(error)) from error
        finally:
            progress.end()

    return bounded


def _refuse_what_nx_misread() -> None:
    from supabase_tasks.nx import invocation

    invocation.refuse_unknown_configuration()


def _required_words(body: Callable[..., None], given: Mapping[str, Any]) -> list[str]:
    parameters = inspect.signature(body).parameters.values()
    return [given[one.name] for one in parameters if one.default is one.empty and isinstance(given.get(one.name), str)]


def _refuse_option_as_word(name: str, option: str) -> None:
    # Invoke's parser gives the first word after a task to the argument that it misses, whatever the word looks like.
    if option in ("--help", "-h") and name in sys.orig_argv:
        console.flush()
        before = sys.orig_argv[1 : sys.orig_argv.index(name)]
        os.execv(sys.executable, [sys.executable, *before, "--help", name])
    raise SettingsError(
        f"{name} does not know the option {option}, or it stands before the argument that {name} needs",
        next_step=f"inv --help {name}",
        code="usage",
    )


def _interruption(error: BaseException, words: str) -> Exit:
    _clear_echo()
    known = error if isinstance(error, TaskInterrupted) else None
    state, step = (known.state, known.next_step) if known else (words, None)
    message = f"interrupted: {state}" if state else "interrupted"
    console.report_error({"code": "interrupted", "message": message, "next_step": step})
    console.note(message)
    if step:
        console.next_step(step)
    return Exit(code=EXIT_INTERRUPTED)


def _clear_echo() -> None:
    """Take away what a terminal writes of Ctrl-C (`^C`): what comes next begins a line of its own."""
    if sys.stderr.isatty():
        streams.put_at_once("\r\x1b[K" if console.shows_transient() else "\n")


def reader_gone() -> Exit:
    """The exit when what reads the output has ended."""
    # `inv … | head`: what is still buffered would fail again when Python closes the stream.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit(code=EXIT_READER_GONE)


def exit_of(error: TaskError) -> Exit:
    """The failure reported, for people and programs, and the exit that ends the task with its code."""
    progress.end()
    console.report_error(error.as_json())
    console.note_text(render(error))
    return Exit(code=error.exit_code)


def _bug(error: Exception) -> Exit:
    progress.end()
    console.report_error({"code": "bug", "message": f"{type(error).__name__}: {error}"})
    console.note_traceback()
    console.note("error: this is a bug in supabase-tasks; please report it with the lines above")
    return Exit(code=EXIT_UNEXPECTED)
