"""What Invoke's parser refuses, told in our form: an unknown task or option, a missing word or value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from supabase_tasks import command_line, wording
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
_OF_THE_PROGRAM = ("--help", "--list", "--version")
# Of more tasks than these the list is shown.
_FEW, _MANY = 4, 8


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
    if after and (flag := _given_a_value(word, after, contexts)):
        return UsageError(
            f"{after}: {flag} takes no value",
            next_step=command_line.with_correction(f"{flag}={word}", flag, whole=True),
            code="unwanted-value",
        )
    if "@" in word or "://" in word:
        # A database's URL, spelt right or wrong: its password is not shown.
        from supabase_tasks import environment

        environment.register_secret(word)
    message = f"there is no task {word!r}"
    if words := _said_in_two(word, contexts):
        return UsageError(message, cause=f"did you mean {words[1]}?", next_step=_safe(*words), code="unknown-task")
    meant = _meant(word, contexts)
    if not meant:
        cause = f"{after} takes no further word; options start with --" if after else None
        return UsageError(message, cause=cause, next_step=_help(after or _word_after_help()), code="unknown-task")
    cause = f"did you mean {wording.alternatives(meant)}?" if len(meant) <= _MANY else None
    if len(meant) > _FEW:
        return UsageError(message, cause=cause, next_step="inv --list", code="unknown-task")
    first, *others = (_safe(command_line.with_correction(word, name), name) for name in meant)
    return UsageError(message, cause=cause, next_step=first, others=others, code="unknown-task")


def _meant(word: str, contexts: Mapping[str, Any]) -> list[str]:
    """The tasks that `word` may stand for, what changes least first: those that it begins, or the one that it is most like."""
    # What several names begin with is one as well: `supabase-db-push` is no nearer to production than to staging.
    stems = Counter(stem for name in contexts for stem in accumulate(name.split("-"), "{}-{}".format))
    known = {*contexts, *(stem for stem, number in stems.items() if number > 1)}
    near = nearest(word, known)
    if near is None or near in contexts:
        return [near] if near else []
    begun = [name for name in contexts if name.startswith(f"{near}-")]
    return sorted(begun, key=lambda name: (not name.endswith("-local"), "prod" in name, name))


def _safe(command: str, task: str) -> str:
    return _help(task) if any(one in task for one in _DESTRUCTIVE) else command


def _said_in_two(word: str, contexts: Mapping[str, Any]) -> tuple[str, str] | None:
    """`schema generate` for `schema-generate`: the command with the task's name in one word, and that name."""
    words = command_line.typed_words() or ()
    for place, (one, other) in enumerate(pairwise(words)):
        if one == word and (name := f"{one}-{other}") in contexts:
            return command_line.join(*words[:place], name, *words[place + 2 :]), name
    return None


def _given_a_value(word: str, task: str, contexts: Mapping[str, Any]) -> str | None:
    """The option that takes no value and was given `word`."""
    typed = (one.partition("=") for one in command_line.typed_words() or () if one.startswith("--"))
    return next(
        (flag for flag, equals, value in typed if equals and value == word and flag in contexts[task].flags), None
    )


def _word_after_help() -> str | None:
    """`help schema-generate` asks for what `--help schema-generate` shows."""
    words = command_line.typed_words() or ()
    return next((other for one, other in pairwise(words) if one == "help" and not other.startswith("-")), None)


def _unknown_option(word: str, task: str | None, contexts: Mapping[str, Any]) -> UsageError:
    if task is None and (found := _before_its_task(word, contexts)):
        return found
    known = contexts[task].flags if task and task in contexts else _OF_THE_PROGRAM
    options = [name for name in known if name.startswith("--")]
    word = _with_one_dash(word, options) or word
    meant = nearest(word.lstrip("-"), [name.lstrip("-") for name in options])
    message = f"{task or command_line.program() or command_line.INVOKE} has no option {word}"
    if meant is None:
        elsewhere = sorted(name for name, context in contexts.items() if word in context.flags and name != task)
        cause = f"{elsewhere[0]} has one" if elsewhere and task else None
        return UsageError(message, cause=cause, next_step=_help(task), code="unknown-option")
    return UsageError(
        message,
        cause=f"did you mean --{meant}?",
        next_step=command_line.with_correction(word, f"--{meant}"),
        code="unknown-option",
    )


def _before_its_task(word: str, contexts: Mapping[str, Any]) -> UsageError | None:
    """`inv --json schema-check`: options of a task stand after its name."""
    words = list(command_line.typed_words() or ())
    task = next((one for one in words if one in contexts), None)
    start = next((place for place, one in enumerate(words) if one.partition("=")[0] == word), None)
    if task is None or start is None or word not in contexts[task].flags or start > words.index(task):
        return None
    place = words.index(task)
    return UsageError(
        f"{word} is an option of {task} and stands before it",
        cause="a task's options come after its name",
        next_step=command_line.join(*words[:start], task, *words[start:place], *words[place + 1 :]),
        code="misplaced-option",
    )


def _with_one_dash(word: str, options: Sequence[str]) -> str | None:
    """The word as it was typed, of which Invoke takes each letter after one dash for an option: `-name`."""
    typed = [one.partition("=")[0] for one in command_line.typed_words() or () if re.match(r"-[a-z]{2}", one)]
    if len(word) != 2:
        return None
    return next(
        (one for one in typed if word[1] in one and nearest(one.lstrip("-"), [o.lstrip("-") for o in options])), None
    )


def _without_value(name: str, task: str | None) -> UsageError:
    option = f"--{name.strip('_').replace('_', '-')}"
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
