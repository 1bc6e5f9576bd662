"""The command that is running, as it can be typed again, and what of a text is a command that runs when pasted."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from supabase_tasks.did_you_mean import nearest

OWN = "supabase-tasks"
INVOKE = "inv"
# What a next step may start with: anything else is an instruction in words.
_PROGRAMS = (
    frozenset(["apt", "brew", "cd", "chmod", "chown", "dnf", "docker", "export", "git", "inv", "kill", "mkdir", "mv"])
    | frozenset(["npm", "npx", "nx", "pip", "pnpm", "poetry", "python", "python3", "rm", "ruff", "sudo", "supabase"])
    | frozenset(["supabase-tasks", "supabase-tasks-hook", "ulimit", "unset", "unshare", "useradd", "uv", "wsl", "yarn"])
)
# What a shell reads in double quotes, history expansion of an interactive one included.
_EXPANDED = re.compile(r'["$`\\!]')
# `postgresql://user:password@…`, alone or as an option's value, whatever the password holds; the same without its host, or
# without its scheme; and libpq's `host=… password=…`.
_URL_WITH_PASSWORD = re.compile(
    r"(?P<option>--[\w-]+=)?(?:\w+:/{1,2}[^/\s:@]*:.+@.*|\w+:/{1,2}[^/\s:@[]*:(?!\d*(?:[/?#]|$)).+"
    r"|[\w.%+/-]+:(?!//).+@[\w.-]+(?::\d+)?(?:/.*)?|(?:\w+=\S* )*password=.+)",
    re.DOTALL,
)
URL_VARIABLE = "DATABASE_URL"
_BLANK = re.compile(r"…|<[a-z][^>]*>|\s\(")


def program() -> str | None:
    """`inv` or `supabase-tasks`, whichever runs; None where neither does (a hook, a test, a library)."""
    path = Path(sys.argv[0] if sys.argv else "")
    name = path.parent.name if path.name == "__main__.py" else path.stem
    if name in ("inv", "invoke"):
        return INVOKE
    return OWN if name in (OWN, "supabase_tasks") else None


def typed_words() -> tuple[str, ...] | None:
    """The words of the running command, ready for `join`; None where it was not typed by a person."""
    name = program()
    return (name, *sys.argv[1:]) if name else None


def again() -> str | None:
    """The running command as it can be pasted into a POSIX shell."""
    words = typed_words()
    return join(*words) if words else None


def join(*words: str) -> str:
    """The words quoted for a POSIX shell, in double quotes where single ones are inside and nothing is expanded."""
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    if found := _URL_WITH_PASSWORD.fullmatch(word):
        # A password is not shown, and without it the command would be another one.
        return f'{found["option"] or ""}"${URL_VARIABLE}"'
    return f'"{word}"' if "'" in word and not _EXPANDED.search(word) else shlex.quote(word)


def with_options(options: Sequence[str], otherwise: str) -> str:
    """The running command with what it was given and `options` as well; `otherwise`, a command without options, is taken
    where nothing was typed. `options` alternates names and values."""
    words = list(typed_words() or shlex.split(otherwise))
    pairs = zip(options[::2], options[1::2], strict=True)
    for name, value in pairs:
        if not _has(words, name, value):
            words += [name, value]
    return join(*words)


def with_flag(flag: str, otherwise: str) -> str:
    """The running command with `flag`; `otherwise` is taken where nothing was typed."""
    words = list(typed_words() or shlex.split(otherwise))
    return join(*words, *([] if flag in words else [flag]))


def chosen(given: str, known: Sequence[str], otherwise: str) -> str:
    """The running command with the value `given` of an option corrected to the one of `known` that is meant; `otherwise` where
    none is near."""
    meant = nearest(given, known)
    return with_correction(given, meant) if meant else otherwise


def listing(option: str, value: str, otherwise: str) -> str:
    """The running command with `value` added to the comma-separated list that `option` takes."""
    return _with_changed(option, lambda given: value if given is None else f"{given},{value}", otherwise)


def with_value(option: str, value: str, otherwise: str) -> str:
    """The running command with `value` for `option`, instead of another one; `otherwise` is taken where nothing was typed."""
    return _with_changed(option, lambda _: value, otherwise)


def _with_changed(option: str, change: Callable[[str | None], str], otherwise: str) -> str:
    """The running command with what `change` makes of the value of `option`, None where it has none yet."""
    words = list(typed_words() or shlex.split(otherwise))
    for index, word in enumerate(words):
        if word.startswith(f"{option}="):
            given = word.removeprefix(f"{option}=")
            return join(*words[:index], f"{option}={change(given)}", *words[index + 1 :])
        if word == option and index + 1 < len(words):
            return join(*words[: index + 1], change(words[index + 1]), *words[index + 2 :])
    return join(*words, option, change(None))


def without(option: str, value: str, otherwise: str) -> str:
    """The running command without `value` for `option`; `otherwise` is taken where nothing was typed."""
    words = list(typed_words() or shlex.split(otherwise))
    if f"{option}={value}" in words:
        words.remove(f"{option}={value}")
    elif (option, value) in pairwise(words):
        place = list(pairwise(words)).index((option, value))
        del words[place : place + 2]
    return join(*words)


def _has(words: Sequence[str], name: str, value: str) -> bool:
    return f"{name}={value}" in words or (name, value) in pairwise(words)


def with_correction(wrong: str, meant: str, *, whole: bool = False) -> str:
    """The running command with the word `wrong` replaced: alone or at either side of an equals sign, or only `whole`."""

    def replaced(word: str) -> str:
        if whole:
            return meant if word == wrong else word
        name, equals, value = word.partition("=")
        return "".join(meant if part == wrong else part for part in (name, equals, value))

    return join(*map(replaced, typed_words() or (INVOKE, wrong)))


def here(command: str) -> str:
    """`command` for the program in use and its folder: `inv` needs a tasks.py, so what was started as `supabase-tasks`
    goes on so."""
    first, blank, rest = command.partition(" ")
    if first not in (INVOKE, OWN) or program() != OWN:
        return command
    folder = sys.argv[1:3] if sys.argv[1:2] == ["-C"] and not rest.startswith("-C ") else []
    return join(OWN, *folder) + blank + rest


def is_command(text: str) -> bool:
    """Whether `text` runs as it stands: a known program, and words that a POSIX shell reads as words."""
    if not text.isprintable() or _BLANK.search(_without_quotes(text)):
        return False
    try:
        words = shlex.split(text)
    except ValueError:
        return False
    return bool(words) and words[0] in _PROGRAMS and not _prose(words)


def _prose(words: Sequence[str]) -> bool:
    return any(word.endswith((",", ";", ":")) and len(word) > 1 for word in words)


def _without_quotes(text: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"]*\"", "''", text)
