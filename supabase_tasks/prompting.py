"""Questions to the person in the terminal: one of several answers, or a line of text.

Drawn by prompt_toolkit, which is imported when a question is asked and not before (0.2 s): arrow keys, letters, redrawing
at any width. A terminal that cannot move its cursor (`TERM=dumb`) gets the same question as lines. Whatever is shown has
been through `console`'s masking first. Both raise `KeyboardInterrupt` for Ctrl-C and `EOFError` for Ctrl-D.
"""

from __future__ import annotations

import os
import string
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks import console, progress, prose

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.output import Output

_POINTER = "❯ "


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer and what it does. `key` is the letter that selects it; empty takes the next free one."""

    label: str
    effect: str = ""
    key: str = ""


def choose(lines: Sequence[str], choices: Sequence[Choice], default: int = 0) -> int:
    """The index of the chosen answer. `lines` are shown above; `default` is what Enter takes at first."""
    progress.end()
    keys = _keys(choices)
    answer = _in_lines(lines, choices, keys, default) if _dumb() else _menu(lines, choices, keys, default).run()
    for line in _wrap(f"{lines[0]} → {choices[answer].label}", prose.width_of(sys.stderr) or 80, "", "  "):
        console.note(line)
    return int(answer)


def text(question: str, check: Callable[[str], str | None]) -> str:
    """A line of text for which `check` finds no fault. What `check` returns is shown, and the question asked again."""
    progress.end()
    while True:
        given = console.ask(question) if _dumb() else _line(question)
        fault = check(given)
        if fault is None:
            return given
        console.note(fault)


def _dumb() -> bool:
    return os.environ.get("TERM", "dumb") in ("dumb", "")


def _keys(choices: Sequence[Choice]) -> list[str]:
    taken = {choice.key for choice in choices}
    free = iter([letter for letter in string.ascii_lowercase if letter not in taken])
    return [choice.key or next(free) for choice in choices]


def _help(keys: Sequence[str]) -> str:
    return f"↑ ↓ or {', '.join(keys)}, then Enter"


def _unclear(given: str, keys: Sequence[str]) -> str:
    return f"{given!r} is not one of the answers: {', '.join(keys)}"


def _pick(given: str, keys: Sequence[str]) -> int | None:
    """A letter, or the number of the answer."""
    if given.lower() in keys:
        return keys.index(given.lower())
    if given.isdecimal() and 1 <= int(given) <= len(keys):
        return int(given) - 1
    return None


def _in_lines(lines: Sequence[str], choices: Sequence[Choice], keys: Sequence[str], default: int) -> int:
    for line in [*lines, *_entries(choices, keys, prose.width_of(sys.stderr) or 80)]:
        console.note(line)
    while True:
        given = console.ask(f"{', '.join(keys)} [{keys[default]}]:")
        picked = default if not given else _pick(given, keys)
        if picked is not None:
            return picked
        console.note(_unclear(given, keys))


def _entries(choices: Sequence[Choice], keys: Sequence[str], width: int, pointed: int | None = None) -> list[str]:
    found: list[str] = []
    for index, (choice, key) in enumerate(zip(choices, keys, strict=True)):
        mark = _POINTER if index == pointed else "  "
        whole = f"{key}) {choice.label}" + (f": {choice.effect}" if choice.effect else "")
        found += _wrap(whole, width, mark, "     ")
    return found


def _wrap(line: str, width: int, first: str = "", rest: str = "") -> list[str]:
    # What is drawn over does not scroll: a line that is too long would be cut.
    return prose.wrap(console.printable(line), width - 1, first, rest, cut=True)


def _output() -> Output:
    from prompt_toolkit.data_structures import Size
    from prompt_toolkit.output.vt100 import Vt100_Output

    def size() -> Size:
        columns, rows = os.get_terminal_size(sys.stderr.fileno())
        return Size(rows=rows or 24, columns=columns or 80)

    # Standard output may be a pipe that takes the SQL. No request for the cursor's place: not every terminal answers.
    return Vt100_Output(sys.stderr, size, term=os.environ.get("TERM"), enable_cpr=False)


@dataclass(slots=True)
class _Menu:
    """What is drawn: the answer that is pointed at, and a word on a key that means nothing."""

    lines: Sequence[str]
    choices: Sequence[Choice]
    keys: Sequence[str]
    at: int
    fault: str = ""

    def drawn(self) -> Any:
        width = _output().get_size().columns
        head = [line for line in self.lines for line in _wrap(line, width)]
        marked = _entries(self.choices, self.keys, width, self.at)
        foot = _wrap(self.fault or _help(self.keys), width)
        strong = "bold" if console.may_colour(sys.stderr) else ""
        fragments = [(strong if index == 0 else "", line + "\n") for index, line in enumerate(head)]
        fragments += [("reverse" if strong and line.startswith(_POINTER) else "", line + "\n") for line in marked]
        return [*fragments, ("", "\n".join(foot))]

    def move(self, step: int) -> None:
        self.at, self.fault = (self.at + step) % len(self.choices), ""

    def press(self, key: str) -> None:
        picked = _pick(key, self.keys)
        if picked is None:
            self.fault = f"{_unclear(key, self.keys)}. {_help(self.keys)}"
        else:
            self.at, self.fault = picked, ""


def _menu(lines: Sequence[str], choices: Sequence[Choice], keys: Sequence[str], default: int) -> Application[int]:
    from prompt_toolkit.application import Application
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.layout import FormattedTextControl, Layout, Window

    menu, bindings = _Menu(lines, choices, keys, default), KeyBindings()
    for names, step in ((("up", "s-tab"), -1), (("down", "tab"), 1)):
        for name in names:
            bindings.add(name)(lambda event, step=step: menu.move(step))
    bindings.add("<any>")(lambda event: menu.press(event.data) if event.data.isprintable() else None)
    bindings.add("enter")(lambda event: event.app.exit(result=menu.at))
    bindings.add("c-c")(lambda event: event.app.exit(exception=KeyboardInterrupt))
    bindings.add("c-d")(lambda event: event.app.exit(exception=EOFError))
    window = Window(FormattedTextControl(menu.drawn, show_cursor=False), dont_extend_height=True)
    return Application(Layout(window), key_bindings=bindings, output=_output(), erase_when_done=True)


def _line(question: str) -> str:
    from prompt_toolkit import PromptSession

    session: PromptSession[str] = PromptSession(output=_output())
    return session.prompt(console.printable(question) + " ").strip()
