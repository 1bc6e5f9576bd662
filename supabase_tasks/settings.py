"""`[tool.supabase-tasks]` of pyproject.toml: every setting, its default and its check, in one place."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from supabase_tasks import did_you_mean, task_file, toml_places
from supabase_tasks.errors import SettingsError

SECTION = "tool.supabase-tasks"
LOCAL_VARIABLE = "SUPABASE_TASKS_LOCAL"
MEMO_VARIABLE = "SUPABASE_TASKS_MEMO"
DEFAULT_CLI = "3.1.0"
Naming = Literal["index", "timestamp"]
LocalMode = Literal["auto", "embedded", "docker", "native"]
RoleMode = Literal["lenient", "strict"]


@dataclass(frozen=True, slots=True)
class TargetSettings:
    """One hosted database: `[tool.supabase-tasks.targets.<name>]`.

    `protected` asks for the project ref to be typed on every change. `promote_from` names the target whose ledger must
    hold a migration, byte for byte, before this one accepts it. Variable names follow from the target's name.
    """

    name: str
    protected: bool = False
    promote_from: str | None = None

    @property
    def suffix(self) -> str:
        return self.name.upper().replace("-", "_")

    @property
    def ref_variable(self) -> str:
        return f"SUPABASE_PROJECT_REF_{self.suffix}"

    @property
    def password_variable(self) -> str:
        return f"SUPABASE_DB_PASSWORD_{self.suffix}"

    @property
    def url_variable(self) -> str:
        return f"DATABASE_URL_{self.suffix}"

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable of the target, the public one first; `secret_variables` are the others."""
        return (self.ref_variable, *self.secret_variables)

    @property
    def secret_variables(self) -> tuple[str, ...]:
        return (self.password_variable, self.url_variable)


# A year.
_MOST_MINUTES = 525_600
DEFAULT_TARGETS = (TargetSettings("staging"), TargetSettings("prod", protected=True, promote_from="staging"))


@dataclass(frozen=True, slots=True)
class Settings:
    """The project's settings; every path is absolute. `root` is the folder that holds pyproject.toml."""

    root: Path
    project: str
    supabase: Path
    migrations: Path
    models: str | None = None
    metadata: tuple[str, ...] = ()
    sql: Path | None = None
    naming: Naming = "index"
    exposed_schemas: tuple[str, ...] | None = None
    local: LocalMode = "auto"
    roles: RoleMode = "lenient"
    env_files: tuple[str, ...] = (".env.development",)
    cli: str = DEFAULT_CLI
    cli_path: str | None = None
    postgres_path: str | None = None
    sslrootcert: Path | None = None
    baseline: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    lock_timeout: str = "5s"
    statement_timeout: str = "0"
    targets: tuple[TargetSettings, ...] = DEFAULT_TARGETS
    lint: Mapping[str, Any] = field(default_factory=dict)
    memo: bool = True
    shadow_idle_minutes: float = 15.0

    @property
    def config_toml(self) -> Path:
        return self.supabase / "config.toml"

    def target(self, name: str) -> TargetSettings:
        """The target of that name. Raises `SettingsError` for an unknown one."""
        for target in self.targets:
            if target.name == name:
                return target
        names = [target.name for target in self.targets]
        raise SettingsError(
            f"there is no target named {name!r}",
            cause="\n".join(filter(None, (did_you_mean.hint(name, names), f"known targets: {', '.join(names)}"))),
            next_step="correct the name, or add the target to [tool.supabase-tasks.targets]",
        )


def find_root(start: Path | None = None) -> Path:
    """The project folder: the nearest one upwards from `start` (default: here) whose pyproject.toml has our section,
    else the nearest with `supabase/config.toml`, else `start` itself."""
    here = (start or Path.cwd()).resolve()
    candidates = (here, *here.parents)
    for folder in candidates:
        if _section(folder / "pyproject.toml") is not None:
            return folder
    for folder in candidates:
        if (folder / "supabase" / "config.toml").is_file():
            return folder
    return here


def load(start: Path | None = None) -> Settings:
    """The settings of the project that `start` (default: the current folder) lies in.

    `SUPABASE_TASKS_LOCAL` in the environment overrides `local` (for CI), `SUPABASE_TASKS_MEMO=0` switches `memo` off.
    Raises `SettingsError` with the file, the key and what was expected.
    """
    root = find_root(start or task_file.elsewhere())
    raw = dict(_section(root / "pyproject.toml") or {})
    if (local := os.environ.get(LOCAL_VARIABLE)) is not None:
        if local not in get_args(LocalMode):
            wrong = f"{LOCAL_VARIABLE} must be one of {', '.join(get_args(LocalMode))}, not {local!r}"
            raise SettingsError(wrong, next_step=f"unset {LOCAL_VARIABLE}")
        raw["local"] = local
    if os.environ.get(MEMO_VARIABLE) in ("0", "off", "no", "false"):
        raw["memo"] = False
    return toml_places.with_place(root / "pyproject.toml", SECTION, lambda: _build(root, raw))


def _section(pyproject: Path) -> Mapping[str, Any] | None:
    try:
        document = tomllib.loads(pyproject.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"{toml_places.of_error(pyproject, error)} cannot be read",
            cause=str(error),
            next_step=f"repair {pyproject}",
        ) from error
    tool = document.get("tool", {})
    section = tool.get("supabase-tasks") if isinstance(tool, dict) else tool
    if section is not None and not isinstance(section, dict):
        raise SettingsError(f"[{SECTION}] in {pyproject} must be a table", next_step=f"correct {pyproject}")
    return section


def _build(root: Path, raw: dict[str, Any]) -> Settings:
    values = {key.replace("-", "_"): value for key, value in raw.items()}
    _reject_unknown(values)
    supabase = (root / _text(values, "supabase", "supabase")).resolve()
    migrations = values.get("migrations")
    return Settings(
        root=root,
        project=_text(values, "project", root.name),
        supabase=supabase,
        migrations=(root / _text(values, "migrations", "")).resolve() if migrations else supabase / "migrations",
        models=_optional(values, "models"),
        metadata=_texts(values, "metadata"),
        sql=(root / _text(values, "sql", "")).resolve() if values.get("sql") else None,
        naming=_choice(values, "naming", "index", get_args(Naming)),
        exposed_schemas=_texts(values, "exposed_schemas") if "exposed_schemas" in values else None,
        local=_choice(values, "local", "auto", get_args(LocalMode)),
        roles=_choice(values, "roles", "lenient", get_args(RoleMode)),
        env_files=_texts(values, "env_files", (".env.development",)),
        cli=_text(values, "cli", DEFAULT_CLI),
        cli_path=_optional(values, "cli_path"),
        postgres_path=_optional(values, "postgres_path"),
        sslrootcert=_certificate(root, values),
        baseline=_texts(values, "baseline"),
        ignore=_texts(values, "ignore"),
        lock_timeout=_text(values, "lock_timeout", "5s"),
        statement_timeout=_text(values, "statement_timeout", "0"),
        targets=_targets(values.get("targets", {})),
        lint=_table(values, "lint"),
        memo=_switch(values, "memo", True),
        shadow_idle_minutes=_minutes(values, "shadow_idle_minutes", 15.0),
    )


def _reject_unknown(values: Mapping[str, Any]) -> None:
    known = {field.name for field in fields(Settings)} - {"root"}
    for key in values:
        if key not in known:
            raise SettingsError(
                f"[{SECTION}] has an unknown setting {key!r}",
                cause=did_you_mean.hint(key, known) or f"known settings: {', '.join(sorted(known))}",
                next_step=f"correct {key} in pyproject.toml",
                data={"setting": key},
            )


def _wrong(key: str, expected: str, value: object) -> SettingsError:
    return SettingsError(
        f"[{SECTION}] {key} must be {expected}, not {value!r}",
        next_step=f"correct {key} in pyproject.toml",
        data={"setting": key},
    )


def _text(values: Mapping[str, Any], key: str, default: str) -> str:
    value = values.get(key, default)
    if not isinstance(value, str):
        raise _wrong(key, "a string", value)
    return value


def _certificate(root: Path, values: Mapping[str, Any]) -> Path | None:
    name = _text(values, "sslrootcert", "")
    if not name:
        return None
    path = (root / name).resolve()
    if not path.is_file():
        raise SettingsError(
            f"[{SECTION}] sslrootcert names {path}, which is no file",
            next_step="download the certificate (dashboard: Database, SSL configuration), or remove the setting",
        )
    return path


def _optional(values: Mapping[str, Any], key: str) -> str | None:
    return _text(values, key, "") or None


def _texts(values: Mapping[str, Any], key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    value = values.get(key, default)
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise _wrong(key, "a list of strings", value)
    return tuple(value)


def _table(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = values.get(key, {})
    if not isinstance(value, dict):
        raise _wrong(key, "a table", value)
    return value


def _switch(values: Mapping[str, Any], key: str, default: bool) -> bool:
    value = values.get(key, default)
    if not isinstance(value, bool):
        raise _wrong(key, "true or false", value)
    return value


def _minutes(values: Mapping[str, Any], key: str, default: float) -> float:
    value = values.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST_MINUTES:
        raise _wrong(key, "a number of minutes (0: never)", value)
    return float(value)


# The literal's type is lost on the way through TOML; the check restores it.
def _choice(values: Mapping[str, Any], key: str, default: str, allowed: tuple[str, ...]) -> Any:
    value = values.get(key, default)
    if value not in allowed:
        raise _wrong(key, " or ".join(repr(item) for item in allowed), value)
    return value


def _targets(raw: object) -> tuple[TargetSettings, ...]:
    if not isinstance(raw, dict):
        raise _wrong("targets", "a table of tables", raw)
    found = {target.name: target for target in DEFAULT_TARGETS}
    for name, options in raw.items():
        found[name] = _target(name, options, found.get(name))
    for target in found.values():
        if target.promote_from is not None and target.promote_from not in found:
            raise _wrong(f"targets.{target.name}.promote_from", "the name of another target", target.promote_from)
    return tuple(found.values())


def _target(name: str, options: object, default: TargetSettings | None) -> TargetSettings:
    if not name.replace("-", "").isalnum() or name != name.lower() or name in ("local", "models", "migrations"):
        raise _wrong(f"targets.{name}", "named in lower-case letters, digits and '-', and not a reserved word", name)
    if not isinstance(options, dict) or set(options) - {"protected", "promote_from"}:
        raise _wrong(f"targets.{name}", "a table with `protected` and `promote_from`", options)
    protected = options.get("protected", default.protected if default else False)
    promote_from = options.get("promote_from", default.promote_from if default else None)
    if not isinstance(protected, bool):
        raise _wrong(f"targets.{name}.protected", "true or false", protected)
    if promote_from is not None and not isinstance(promote_from, str):
        raise _wrong(f"targets.{name}.promote_from", "the name of another target", promote_from)
    return TargetSettings(name, protected, promote_from or None)
