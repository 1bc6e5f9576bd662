"""`python -m supabase_tasks.nx.arguments TASK`: the task with the arguments that Nx was given, exactly as typed.

nx:run-commands pastes the arguments that it forwards into a line for the shell: `$HOME` and backticks are run, quotes
are lost (nx 20 to 24, run-commands.impl.js, `wrapArgIntoQuotesIfNeeded`). So no target forwards any. The words are
taken from the command line of the nx process above this one, where the operating system keeps them apart, and handed
to `inv` as a list: no shell sees them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence

from supabase_tasks import console
from supabase_tasks.error_text import render
from supabase_tasks.errors import EXIT_EXPECTED, SettingsError
from supabase_tasks.nx import invocation

# The options of `nx run`, `run-many` and `affected` (nx 24, command-line/yargs-utils/shared-options.js), in kebab case.
_VALUED = frozenset(
    """base c configuration exclude files graph head max-parallel output-style p parallel project projects runner t target
    targets""".split()  # noqa: SIM905
)
_SWITCHES = frozenset(
    """all batch disable-nx-cache disable-remote-cache exclude-task-dependencies load-env-files nx-bail nx-ignore-cycles
    prod skip-nx-cache skip-remote-cache skip-sync tui tui-auto-exit uncommitted untracked verbose""".split()  # noqa: SIM905
)
# Options of nx:run-commands itself: Nx would take them for its own and change what is run, or where.
_TAKEN = frozenset(
    """args color command commands cwd env env-file forward-all-args no-color no-parallel parallel ready-when shell
    stream-output tty __unparsed__ use-pty verbose""".split()  # noqa: SIM905
)


def main() -> None:
    """Become `inv TASK …`. Ends with exit code 1 and one line when the arguments cannot be handed on as typed."""
    task = sys.argv[1]
    try:
        words = typed_arguments(task, os.environ.get(invocation.TARGET_VARIABLE, task))
    except SettingsError as error:
        console.note_text(render(error))
        sys.exit(EXIT_EXPECTED)
    console.flush()
    os.execvp("inv", ["inv", task, *words])


def typed_arguments(task: str, target: str) -> list[str]:
    """The arguments for `task` on the command line of the nextmost nx. Raises `SettingsError`."""
    command = next((one for one in invocation.ancestors() if invocation.is_nx(one)), None)
    if command is None:
        raise _refusal(task, "the command line of nx cannot be read here", f"inv {task} …")
    words = words_for(command, target, task)
    if words and not invocation.exact():
        raise _refusal(task, "this system does not tell where an argument of another process ends", f"inv {task} …")
    return words


def words_for(command: Sequence[str], target: str, task: str) -> list[str]:
    """The words of an nx command line that are meant for `task`; none when nx runs it for another target.

    Raises `SettingsError` for a word before `--` that is not Nx's own, and for an option that Nx takes for itself.
    """
    words = list(command[invocation.place(command) + 1 :])
    end = words.index("--") if "--" in words else len(words)
    own, rest = words[:end], words[end + 1 :]
    # Nx takes quotes away from the names of a list (`parseCSV`).
    if not any(target in (name.strip('"') for name in re.split("[:,=]", word)) for word in own):
        return []
    if foreign := _foreign(own):
        raise _refusal(
            task, f"{foreign!r} stands before `--` and is no option of Nx", f"nx run …:{target} -- {foreign} …"
        )
    for word in rest:
        name = re.split("[=.]", word.removeprefix("--"))[0]
        if word.startswith("--") and _kebab(name) in _TAKEN:
            raise _refusal(task, f"Nx takes --{name} for an option of its own", f"inv {task} …")
    return rest


def _foreign(own: Sequence[str]) -> str | None:
    """The first word that is neither Nx's command, option or value, nor what it runs."""
    lists = own[:1] in (["run-many"], ["affected"])
    # `run project:target`, `target project`, `run-many`, `affected`.
    room, valued = 1 if lists else 2, False
    for word in own:
        if word.startswith("-"):
            name, equals, _ = word.lstrip("-").partition("=")
            name = _kebab(name).removeprefix("no-")
            if name not in _VALUED | _SWITCHES:
                return word
            valued = name in _VALUED and not equals
        elif valued:
            # A list goes on over several words.
            valued = lists
        elif room == 0:
            return word
        else:
            room -= 1
    return None


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _refusal(task: str, cause: str, next_step: str) -> SettingsError:
    return SettingsError(
        f"the arguments of {task} cannot be handed on as typed: nothing was run",
        cause=cause,
        next_step=next_step,
        code="nx-arguments",
    )


if __name__ == "__main__":
    main()
