"""Where in a TOML file something is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from supabase_tasks.errors import SettingsError

T = TypeVar("T")

# tomllib, Python 3.11 to 3.14: "… (at line 3, column 5)".
_AT = re.compile(r"\(at line (?P<line>\d+), column \d+\)")
# Around a part of a table's name.
_QUOTES = re.compile("[\"']")


def of_error(path: Path, error: Exception) -> str:
    """`path`, with the line that the parser's `error` names."""
    found = _AT.search(str(error))
    return f"{path}:{found['line']}" if found else str(path)


def with_place(path: Path, section: str, build: Callable[[], T]) -> T:
    """What `build` makes of the file's section; its `SettingsError` begins with the place of the setting that it names."""
    try:
        return build()
    except SettingsError as error:
        place = of_key(path, section, error.data.get("setting", ""))
        error.message = f"{place}: {error.message}" if place else error.message
        raise


def of_key(path: Path, section: str, key: str) -> str | None:
    """`file:line` of `key`, a part below `section` (`targets.x.protected`), in the file, or of the table that it stands in as
    one value; None where it is not found."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    above = key.rpartition(".")[0]
    return _of_key(path, lines, section, key) or (of_key(path, section, above) if above else None)


def _of_key(path: Path, lines: Sequence[str], section: str, key: str) -> str | None:
    *tables, name = key.split(".")
    wanted, inside = ".".join([section, *tables]), False
    spelled = re.compile(rf"""\s*["']?{re.escape(name).replace("_", "[-_]")}["']?\s*(=|\.)""")
    for number, line in enumerate(lines, 1):
        if header := re.match(r"\s*\[([^\[\]]+)\]", line):
            table = _QUOTES.sub("", header[1]).strip()
            inside = table == wanted
            if f"{table}.".startswith(f"{section}.{key}."):
                return f"{path}:{number}"
        elif inside and spelled.match(line):
            return f"{path}:{number}"
    return None
