"""supabase/config.toml: what this tool needs of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from supabase_tasks import dotenv_files, toml_places
from supabase_tasks.errors import SettingsError
from supabase_tasks.settings import Settings

# The Supabase CLI's own defaults (`supabase init`, 2.x and 3.x).
DEFAULT_MAJOR = 17
DEFAULT_DB_PORT = 54322
DEFAULT_API_SCHEMAS = ("public", "graphql_public")
DEFAULT_SEED_PATHS = ("./seed.sql",)
_ENV = re.compile(r"env\(\s*([A-Za-z_][A-Za-z0-9_]*)\s*\)")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SupabaseConfig:
    """`project_id`, `[db]` and `[api]` of config.toml. `auto_expose` is `[api] auto_expose_new_tables`, `migrations_enabled`
    `[db.migrations] enabled`."""

    path: Path
    project_id: str
    major_version: int = DEFAULT_MAJOR
    db_port: int = DEFAULT_DB_PORT
    api_schemas: tuple[str, ...] = DEFAULT_API_SCHEMAS
    extra_search_path: tuple[str, ...] = ("public", "extensions")
    auto_expose: bool = False
    migrations_enabled: bool = True
    seed_enabled: bool = True
    seed_paths: tuple[str, ...] = DEFAULT_SEED_PATHS


def load(settings: Settings) -> SupabaseConfig:
    """The parsed config.toml. Raises `SettingsError` when it is missing, not TOML, or has a value of a wrong type."""
    path = settings.config_toml
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise SettingsError(
            f"{path} does not exist", cause="this folder is not a Supabase project yet", next_step="supabase-tasks init"
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        place = toml_places.of_error(path, error)
        raise SettingsError(f"{place} cannot be read", cause=str(error), next_step=f"repair {path}") from error
    return _build(path, document)


def major_version(settings: Settings) -> int:
    """The project's major version of PostgreSQL: config.toml's, or the CLI's default where there is no config.toml yet.
    Raises `SettingsError` as `load` does."""
    return load(settings).major_version if settings.config_toml.exists() else DEFAULT_MAJOR


def _build(path: Path, document: Mapping[str, Any]) -> SupabaseConfig:
    database, api = _table(path, document, "db"), _table(path, document, "api")
    seed, migrations = _table(path, database, "seed"), _table(path, database, "migrations")
    return SupabaseConfig(
        path=path,
        project_id=_value(path, document, "project_id", path.parent.parent.name),
        major_version=_value(path, database, "major_version", DEFAULT_MAJOR),
        db_port=_value(path, database, "port", DEFAULT_DB_PORT),
        api_schemas=tuple(_value(path, api, "schemas", list(DEFAULT_API_SCHEMAS))),
        extra_search_path=tuple(_value(path, api, "extra_search_path", ["public", "extensions"])),
        auto_expose=_value(path, api, "auto_expose_new_tables", False),
        migrations_enabled=_value(path, migrations, "enabled", True),
        seed_enabled=_value(path, seed, "enabled", True),
        seed_paths=tuple(_value(path, seed, "sql_paths", list(DEFAULT_SEED_PATHS))),
    )


def _resolve(path: Path, key: str, value: Any, default: object) -> Any:
    """What `env(NAME)` stands for, as the CLI resolves it (2.122.1, 3.1.0): from the environment, else from the project's dotenv
    files. A text stays as it is where the variable is not set."""
    named = _ENV.fullmatch(value) if isinstance(value, str) else None
    if named is None:
        return value
    found = dotenv_files.given_value(path.parent, named[1])
    if found is None and not isinstance(default, str):
        raise SettingsError(
            f"{path}: {key} is {value}, and {named[1]} is not set",
            cause=f"looked in the environment and in the dotenv files of {path.parent} and {path.parent.parent}",
            next_step=f"export {named[1]}={default}",
        )
    if found is None or isinstance(default, str):
        return found or value
    if isinstance(default, bool):
        return {"true": True, "1": True, "false": False, "0": False}.get(found.strip().lower(), found)
    return int(found) if isinstance(default, int) and found.strip().isdigit() else found


def _table(path: Path, document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = document.get(key, {})
    if not isinstance(value, dict):
        raise SettingsError(f"{path}: [{key}] must be a table, not {value!r}", next_step=f"repair {path}")
    return value


def _value(path: Path, table: Mapping[str, Any], key: str, default: T) -> T:
    value = _resolve(path, key, table.get(key, default), default)
    if type(value) is not type(default):
        expected = type(default).__name__
        raise SettingsError(f"{path}: {key} must be a {expected}, not {value!r}", next_step=f"repair {path}")
    return value
