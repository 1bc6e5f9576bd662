"""`inv --dry` (`-R`): a task shows what it would run and changes nothing. Nothing is started, connected to or written."""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from supabase_tasks import console

# The commands of the Supabase CLI that a task runs, by the beginning of its name; `{}` stands for the target.
_LOCAL = "the local database"
_COMMANDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("supabase-start", ("db push",), f"{_LOCAL}, when it has no migration yet"),
    ("supabase-db-reset-", ("db reset", "db push"), "{}, after a dump of it"),
    ("supabase-db-reset", ("db reset",), _LOCAL),
    ("supabase-db-push-local", ("db push",), _LOCAL),
    ("supabase-db-push-", ("link", "db push"), "{}"),
    ("supabase-migration-repair-", ("migration repair",), "{}"),
    ("supabase-db-pull-", ("migration repair",), "{}"),
    ("supabase-db-lint", ("db lint",), _LOCAL),
    ("supabase-db-advisors", ("db advisors",), _LOCAL),
)


def is_asked(arguments: Sequence[Any]) -> bool:
    """Whether Invoke was called with `--dry`: its configuration is on the context, a task's first argument."""
    from invoke.context import Context

    context = arguments[0] if arguments else None
    return isinstance(context, Context) and bool(context.config.run.dry)


def show(body: Callable[..., None], name: str, arguments: Sequence[Any], options: Mapping[str, Any]) -> None:
    """Say what the task would run, with the options as they were given, and report it under `--json`."""
    command = shlex.join(["inv", name, *_given_options(body, arguments, options)])
    steps = list(_steps(name))
    console.say(f"would run: {command}")
    for line in (_purpose(body), *steps):
        console.say(f"  {line}")
    console.say("nothing was run or changed (--dry)")
    console.report({"dry": True, "task": name, "would_run": command, "steps": steps})


def _given_options(body: Callable[..., None], arguments: Sequence[Any], options: Mapping[str, Any]) -> Iterator[str]:
    """The options that differ from what they are without being given, as they are typed."""
    parameters = list(inspect.signature(body).parameters.values())
    positional = zip([one.name for one in parameters[1:]], arguments[1:], strict=False)
    values = {**dict(positional), **options}
    for parameter in parameters[1:]:
        value = values.get(parameter.name, parameter.default)
        if value in (parameter.default, None, []) or parameter.kind is parameter.VAR_KEYWORD:
            continue
        flag = parameter.name.strip("_").replace("_", "-")
        if isinstance(value, bool):
            yield f"--{flag}" if value else f"--no-{flag}"
        else:
            for one in value if isinstance(value, list | tuple) else [value]:
                yield f"--{flag}={one}"


def _purpose(body: Callable[..., None]) -> str:
    return (inspect.getdoc(body) or "").partition("\n")[0]


def _steps(name: str) -> Iterator[str]:

    found = next(
        (one for one in _COMMANDS if name == one[0] or (one[0].endswith("-") and name.startswith(one[0]))), None
    )
    if found is None:
        return
    prefix, commands, where = found
    for command in commands:
        yield f"supabase {command}   ({where.format(name.removeprefix(prefix))})"
