"""What Invoke's parser refuses, told in our form: an unknown task or option, a missing word or value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks import command_line
from supabase_tasks.did_you_mean import nearest
from supabase_tasks.errors import TaskError

if TYPE_CHECKING:
    from invoke.exceptions import ParseError

# What Invoke 2 and 3 say (invoke/parser/parser.py); other texts are passed on as they are.
_UNKNOWN = re.compile(r"No idea what (?P<word>.+) is!")
_NO_VALUE = re.compile(r"Flag <Argument: (?P<name>[^ >]+).*> needed value")
_MISSING = re.compile(r"'(?P<task>[^']+)' did not receive required positional arguments: (?P<names>.+)")
# Never proposed as a command to paste: the misspelt word may have meant something harmless.
_DESTRUCTIVE = ("reset", "repair", "squash")


class UsageError(TaskError):
    """The command line names a task or an option that does not exist, or lacks a word."""


def usage_error(error: ParseError, contexts: Mapping[str, Any]) -> UsageError:
    """`error` in our form. `contexts` are the parser's tasks by name."""
    text = str(error)
    task = error.context.name if error.context is not None else None
    if found := _UNKNOWN.fullmatch(text):
        word = found["word"].strip("'\"")
        return _unknown_option(word, task, contexts) if word.startswith("-") else _unknown_task(word, task, contexts)
    if found := _NO_VALUE.match(text):
        return _without_value(found["name"], task)
    if found := _MISSING.match(text):
        return _without_word(found["task"], re.findall(r"'([^']+)'", found["names"]))
    return UsageError(text, next_step=_help(task), code="usage")


def _unknown_task(word: str, after: str | None, contexts: Mapping[str, Any]) -> UsageError:
    meant = nearest(word, contexts)
    cause = f"did you mean {meant}?" if meant else None
    if after and not meant:
        cause = f"{after} takes no further word; options start with --"
    step = _help(after) if after and not meant else "inv --list"
    if meant:
        step = _help(meant) if any(one in meant for one in _DESTRUCTIVE) else command_line.with_correction(word, meant)
    return UsageError(f"there is no task {word!r}", cause=cause, next_step=step, code="unknown-task")


def _unknown_option(word: str, task: str | None, contexts: Mapping[str, Any]) -> UsageError:
    options = [name for name in contexts[task].flags if name.startswith("--")] if task and task in contexts else []
    meant = nearest(word.lstrip("-"), [name.lstrip("-") for name in options])
    owner = task or "inv"
    if meant is None:
        elsewhere = sorted(name for name, context in contexts.items() if word in context.flags and name != task)
        cause = f"{elsewhere[0]} has one" if elsewhere else None
        return UsageError(f"{owner} has no option {word}", cause=cause, next_step=_help(task), code="unknown-option")
    return UsageError(
        f"{owner} has no option {word}",
        cause=f"did you mean --{meant}?",
        next_step=command_line.with_correction(word, f"--{meant}"),
        code="unknown-option",
    )


def _without_value(name: str, task: str | None) -> UsageError:
    option = f"--{name.replace('_', '-')}"
    return UsageError(
        f"{option} needs a value",
        cause=f"a value that starts with a dash is joined to it: {option}=-1",
        next_step=_help(task),
        code="missing-value",
    )


def _without_word(task: str, names: Sequence[str]) -> UsageError:
    shown = " ".join(name.upper().replace("_", "-") for name in names)
    return UsageError(
        f"{task} needs {' and '.join(names)}",
        cause=f"usage: inv {task} {shown}",
        next_step=_help(task),
        code="missing-argument",
    )


def _help(task: str | None) -> str:
    return f"inv --help {task}" if task else "inv --list"


# A method of Invoke's program, whatever it returns.
def telling(method: Callable[..., Any]) -> Callable[..., Any]:
    """The program's method, its parse errors told in our form."""
    import functools
    import sys

    @functools.wraps(method)
    def called(program: Any, *arguments: Any) -> Any:
        from invoke.exceptions import ParseError

        try:
            return method(program, *arguments)
        except ParseError as error:
            from supabase_tasks import console
            from supabase_tasks.tasks import boundary

            console.start(as_json="--json" in sys.argv)
            raise boundary.exit_of(usage_error(error, program.parser.contexts)) from error

    return called
