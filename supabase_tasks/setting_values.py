"""What the value of a setting may be, by its kind, and the failure that says what was expected."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from supabase_tasks import did_you_mean
from supabase_tasks.errors import SettingsError

SECTION = "tool.supabase-tasks"
# A year.
_MOST_MINUTES = 525_600
# PostgreSQL 17 documentation, 19.1.1, "Numeric with Unit"; a timeout is an integer of milliseconds.
_DURATION = re.compile(r"\s*(?P<number>\d+(\.\d+)?)\s*(?P<unit>us|ms|s|min|h|d)?\s*")
_MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_MOST_MILLISECONDS = 2**31 - 1
# A version, or a range of versions of npm's; not a tag like `latest`, which is another version every week.
_VERSION = re.compile(r"[\^~<>=v]*\d[\w.+ <>=~^|*-]*")


def reject_unknown(values: Mapping[str, Any], known: Collection[str], where: str = "") -> None:
    """Raises `SettingsError` for a key of `values` that is not `known`; `where` is the table that they are in."""
    for key in values:
        if key not in known:
            raise SettingsError(
                f"[{SECTION}] has an unknown setting {where + key!r}",
                cause=did_you_mean.hint(key, known) or f"known settings: {', '.join(sorted(known))}",
                next_step=f"correct {where + key} in pyproject.toml",
                data={"setting": where + key},
            )


def wrong(key: str, expected: str, value: object, hint: str | None = None) -> SettingsError:
    """The failure of a value that is not what was `expected`; `hint` is what may have been meant."""
    return SettingsError(
        f"[{SECTION}] {key} must be {expected}, not {value!r}",
        cause=hint,
        next_step=f"correct {key} in pyproject.toml",
        data={"setting": key},
    )


def text(values: Mapping[str, Any], key: str, default: str) -> str:
    """A string. Raises `SettingsError`, as all of these, for what is none."""
    value = values.get(key, default)
    if not isinstance(value, str):
        raise wrong(key, "a string", value)
    return value


def name(values: Mapping[str, Any], key: str, default: str) -> str:
    """A string with something in it."""
    value = text(values, key, default)
    if not value.strip():
        raise wrong(key, "a name", value)
    return value


def version(values: Mapping[str, Any], key: str, default: str) -> str:
    """The version of a program of npm's, or a range of them."""
    value = text(values, key, default)
    if not _VERSION.fullmatch(value):
        raise wrong(key, f"a version ({default!r}) or a range of npm's ('^{default}')", value)
    return value


def folder(values: Mapping[str, Any], key: str, root: Path, default: Path | None = None) -> Path | None:
    """The absolute path of a folder; where the settings name none, the `default`, whether it is there or not."""
    if key not in values:
        return default
    path = (root / text(values, key, "")).resolve()
    if not values[key].strip():
        raise wrong(key, "the path of a folder", values[key])
    if not path.is_dir():
        lacks = "is not a folder" if path.exists() else "does not exist"
        raise SettingsError(
            f"[{SECTION}] {key} names {path}, which {lacks}",
            cause=did_you_mean.folder_hint(path, root),
            next_step=f"correct {key} in pyproject.toml, or create the folder",
            data={"setting": key},
        )
    return path


def duration(values: Mapping[str, Any], key: str, default: str) -> str:
    """A time, in the form that PostgreSQL takes, with its unit: a number alone would be milliseconds."""
    value = text(values, key, default)
    found = _DURATION.fullmatch(value)
    milliseconds = float(found["number"]) * _MILLISECONDS.get(found["unit"], _MOST_MILLISECONDS) if found else -1
    if not 0 <= milliseconds <= _MOST_MILLISECONDS or (milliseconds and found and not found["unit"]):
        raise wrong(key, "a time as PostgreSQL writes it ('5s', '500ms', '2min', at most '24d'; '0': no limit)", value)
    return value


def optional_text(values: Mapping[str, Any], key: str) -> str | None:
    """A string; None for an empty one or none."""
    return text(values, key, "") or None


def texts(values: Mapping[str, Any], key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """A list of strings."""
    value = values.get(key, default)
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise wrong(key, "a list of strings", value)
    return tuple(value)


def table(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A table, of whatever is in it."""
    value = values.get(key, {})
    if not isinstance(value, dict):
        raise wrong(key, "a table", value)
    return value


def switch(values: Mapping[str, Any], key: str, default: bool) -> bool:
    """True or false."""
    value = values.get(key, default)
    if not isinstance(value, bool):
        raise wrong(key, "true or false", value)
    return value


def minutes(values: Mapping[str, Any], key: str, default: float) -> float:
    """A number of minutes, up to a year."""
    value = values.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST_MINUTES:
        raise wrong(key, "a number of minutes (0: never)", value)
    return float(value)


# The literal's type is lost on the way through TOML; the check restores it.
def choice(values: Mapping[str, Any], key: str, default: str, allowed: tuple[str, ...]) -> Any:
    """One of the `allowed` strings."""
    value = values.get(key, default)
    if value not in allowed:
        hint = did_you_mean.hint(value, allowed) if isinstance(value, str) else None
        raise wrong(key, " or ".join(repr(item) for item in allowed), value, hint)
    return value
