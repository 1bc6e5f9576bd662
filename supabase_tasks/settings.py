"""`[tool.supabase-tasks]` of pyproject.toml: every setting, its default and its check, in one place."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from supabase_tasks import did_you_mean, setting_values, target_settings, task_file, toml_places
from supabase_tasks.errors import SettingsError
from supabase_tasks.setting_values import SECTION
from supabase_tasks.target_settings import DEFAULT_TARGETS as DEFAULT_TARGETS
from supabase_tasks.target_settings import TargetSettings as TargetSettings

LOCAL_VARIABLE = "SUPABASE_TASKS_LOCAL"
MEMO_VARIABLE = "SUPABASE_TASKS_MEMO"
DEFAULT_CLI = "3.1.0"
# How much the name of a table is like ours that is meant to be ours.
_SAME_TABLE = 0.88
_OFF, _ON = ("0", "off", "no", "false"), ("1", "on", "yes", "true")
Naming = Literal["index", "timestamp"]
LocalMode = Literal["auto", "embedded", "docker", "native"]
RoleMode = Literal["lenient", "strict"]


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

    def place(self, setting: str) -> str:
        """`file:line: ` of a setting, for the start of a message about it; empty where pyproject.toml does not have it."""
        found = toml_places.of_key(self.root / "pyproject.toml", SECTION, setting)
        return f"{found}: " if found else ""

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
    if (memo := os.environ.get(MEMO_VARIABLE)) in _OFF:
        raw["memo"] = False
    elif memo not in (None, "", *_ON):
        wrong = f"{MEMO_VARIABLE} must be 0 or 1, not {memo!r}"
        raise SettingsError(wrong, next_step=f"unset {MEMO_VARIABLE}")
    return toml_places.with_place(root / "pyproject.toml", SECTION, lambda: _build(root, raw))


def load_project(start: Path | None = None) -> Settings:
    """`load`, where there is a project: our section of pyproject.toml, or the folder `supabase`. Raises `SettingsError` (code
    `no-project`) elsewhere, where nothing would be found and called right."""
    settings = load(start)
    if not settings.supabase.is_dir() and _section(settings.root / "pyproject.toml") is None:
        raise no_project(settings.root)
    return settings


def no_project(root: Path) -> SettingsError:
    """The failure of a command in a folder without a project."""
    return SettingsError(
        f"there is no project in {root}",
        cause="no pyproject.toml with [tool.supabase-tasks] in this folder or above it",
        next_step="supabase-tasks init",
        code="no-project",
    )


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
    if section is None:
        _refuse_other_spelling(pyproject, tool)
    if section is not None and not isinstance(section, dict):
        raise SettingsError(f"[{SECTION}] in {pyproject} must be a table", next_step=f"correct {pyproject}")
    return section


def _refuse_other_spelling(pyproject: Path, tool: Mapping[str, Any]) -> None:
    for name in tool:
        if did_you_mean.nearest(name, ["supabase-tasks"], alike=_SAME_TABLE):
            raise SettingsError(
                f"[tool.{name}] in {pyproject} is not read: the table is called [{SECTION}]",
                next_step=f"rename the table in {pyproject}",
            )


def _build(root: Path, raw: dict[str, Any]) -> Settings:
    values = {key.replace("-", "_"): value for key, value in raw.items()}
    setting_values.reject_unknown(values, {field.name for field in fields(Settings)} - {"root"})
    supabase = setting_values.folder(values, "supabase", root) or root / "supabase"
    return Settings(
        root=root,
        project=setting_values.name(values, "project", root.name),
        supabase=supabase,
        migrations=setting_values.folder(values, "migrations", root) or supabase / "migrations",
        models=setting_values.optional_text(values, "models"),
        metadata=setting_values.texts(values, "metadata"),
        sql=setting_values.folder(values, "sql", root),
        naming=setting_values.choice(values, "naming", "index", get_args(Naming)),
        exposed_schemas=setting_values.texts(values, "exposed_schemas") if "exposed_schemas" in values else None,
        local=setting_values.choice(values, "local", "auto", get_args(LocalMode)),
        roles=setting_values.choice(values, "roles", "lenient", get_args(RoleMode)),
        env_files=_env_files(root, values),
        cli=setting_values.version(values, "cli", DEFAULT_CLI),
        cli_path=setting_values.optional_text(values, "cli_path"),
        postgres_path=setting_values.optional_text(values, "postgres_path"),
        sslrootcert=_certificate(root, values),
        baseline=setting_values.texts(values, "baseline"),
        ignore=_ignore_patterns(values),
        lock_timeout=setting_values.duration(values, "lock_timeout", "5s"),
        statement_timeout=setting_values.duration(values, "statement_timeout", "0"),
        targets=target_settings.read(values.get("targets", {})),
        lint=setting_values.table(values, "lint"),
        memo=setting_values.switch(values, "memo", True),
        shadow_idle_minutes=setting_values.minutes(values, "shadow_idle_minutes", 15.0),
    )


def _certificate(root: Path, values: Mapping[str, Any]) -> Path | None:
    name = setting_values.text(values, "sslrootcert", "")
    if not name:
        return None
    path = (root / name).resolve()
    if not path.is_file():
        raise SettingsError(
            f"[{SECTION}] sslrootcert names {path}, which is not a file",
            next_step="download the certificate (dashboard: Database, SSL configuration), or remove the setting",
            data={"setting": "sslrootcert"},
        )
    return path


def _env_files(root: Path, values: Mapping[str, Any]) -> tuple[str, ...]:
    names = setting_values.texts(values, "env_files", (".env.development",))
    # One that does not exist is not on this machine: they are not in git.
    folders = [name for name in names if (root / name).is_dir()]
    if folders:
        raise setting_values.wrong("env_files", "a list of files", folders[0])
    return names


def _ignore_patterns(values: Mapping[str, Any]) -> tuple[str, ...]:
    patterns = setting_values.texts(values, "ignore")
    for pattern in patterns:
        if pattern != pattern.strip() or not pattern.strip("*.?"):
            expected = "a list of patterns of schema.name or kind:schema.name"
            raise setting_values.wrong("ignore", expected, pattern)
    return patterns
