"""What the value of a setting may be, by its kind, and the failure that says what was expected."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from supabase_tasks import did_you_mean
from supabase_tasks.errors import SettingsError

SECTION = "tool.supabase-tasks"
# A year.
_MOST_MINUTES = 525_600


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


def wrong(key: str, expected: str, value: object) -> SettingsError:
    """The failure of a value that is not what was `expected`."""
    return SettingsError(
        f"[{SECTION}] {key} must be {expected}, not {value!r}",
        next_step=f"correct {key} in pyproject.toml",
        data={"setting": key},
    )


def text(values: Mapping[str, Any], key: str, default: str) -> str:
    """A string. Raises `SettingsError`, as all of these, for what is none."""
    value = values.get(key, default)
    if not isinstance(value, str):
        raise wrong(key, "a string", value)
    return value


def duration(values: Mapping[str, Any], key: str, default: str) -> str:
    """A time, in the form that PostgreSQL takes."""
    value = text(values, key, default)
    # PostgreSQL 17 documentation, 19.1.1, "Numeric with Unit".
    if not re.fullmatch(r"\s*\d+(\.\d+)?\s*(us|ms|s|min|h|d)?\s*", value):
        raise wrong(key, "a time as PostgreSQL writes it ('5s', '500ms', '2min'; '0': no limit)", value)
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
        raise wrong(key, " or ".join(repr(item) for item in allowed), value)
    return value
