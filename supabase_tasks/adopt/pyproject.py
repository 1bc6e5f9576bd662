"""`[tool.supabase-tasks]` in pyproject.toml, added without touching a comment or a setting that is there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from supabase_tasks.adopt.changes import Change, propose, read
from supabase_tasks.errors import SettingsError

Value = str | list[str]
COLLECTOR = "database_models"


def settings_change(root: Path, wanted: Mapping[str, Value]) -> Change | None:
    """pyproject.toml with the wanted settings that it does not have yet; None when it has them all.

    A setting that is there keeps its value. Raises `SettingsError` when the file is no TOML.
    """
    path = root / "pyproject.toml"
    before = read(path) or ""
    present = _section(path, before)
    missing = {key: value for key, value in wanted.items() if key not in (present or ())}
    if not missing:
        return None
    after = _with_block_appended(before, missing) if present is None else _with_settings_added(before, missing)
    _parse(path, after)
    return propose(path, after, "the settings of supabase-tasks")


def name(root: Path) -> str | None:
    """`[project] name`, None when the file says nothing. Raises `SettingsError` when it is no TOML."""
    path = root / "pyproject.toml"
    found = _parse(path, read(path) or "").get("project", {}).get("name")
    return found if isinstance(found, str) else None


def collector(root: Path, models: str) -> Change | None:
    """The new module that imports all of `models` (names joined by commas); None for one name, or when it exists."""
    modules = sorted(part.strip() for part in models.split(",") if part.strip())
    path = root / f"{COLLECTOR}.py"
    if len(modules) == 1 or path.exists():
        return None
    imports = "".join(f"import {module}  # noqa: F401\n" for module in modules)
    text = f'"""Every module that declares tables: what `inv schema-generate` reads."""\n\n{imports}'
    return propose(path, text, "one module that imports all models")


def _with_block_appended(before: str, missing: Mapping[str, Value]) -> str:
    import tomlkit

    table = tomlkit.table()
    for key, value in missing.items():
        table.add(key, value)
    block = "[tool.supabase-tasks]\n" + table.as_string()
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    return f"{before}{gap}{block}"


def _with_settings_added(before: str, missing: Mapping[str, Value]) -> str:
    import tomlkit

    document = tomlkit.parse(before)
    section = document["tool"]["supabase-tasks"]
    for key, value in missing.items():
        section[key] = value
    return tomlkit.dumps(document)


def _section(path: Path, text: str) -> Mapping[str, object] | None:
    section = _parse(path, text).get("tool", {}).get("supabase-tasks")
    return section if isinstance(section, dict) else None


# TOML's values are whatever TOML holds.
def _parse(path: Path, text: str) -> dict[str, dict[str, object]]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} cannot be read", cause=str(error), next_step=f"repair {path}") from error
