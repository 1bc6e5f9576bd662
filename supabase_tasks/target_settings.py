"""`[tool.supabase-tasks.targets]` of pyproject.toml: the hosted databases and how they are guarded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from supabase_tasks import did_you_mean, setting_values
from supabase_tasks.errors import SettingsError
from supabase_tasks.setting_values import SECTION

_NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


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


DEFAULT_TARGETS = (TargetSettings("staging"), TargetSettings("prod", protected=True, promote_from="staging"))


def read(raw: object) -> tuple[TargetSettings, ...]:
    """Those that the table `raw` names, and the ones that are there by themselves. Raises `SettingsError`."""
    if not isinstance(raw, dict):
        raise setting_values.wrong("targets", "a table of tables", raw)
    found = {target.name: target for target in DEFAULT_TARGETS}
    for name, options in raw.items():
        found[name] = _target(name, options, found.get(name))
    for name in {**raw, **found}:
        _require_other_target(found[name], [other for other in found if other != name])
    for name in {**raw, **found}:
        _refuse_circle(name, found)
    return tuple(found.values())


def _require_other_target(target: TargetSettings, others: Sequence[str]) -> None:
    if target.promote_from is not None and target.promote_from not in others:
        hint = did_you_mean.hint(target.promote_from, others)
        key = f"targets.{target.name}.promote_from"
        raise setting_values.wrong(key, "the name of another target", target.promote_from, hint)


def _refuse_circle(name: str, targets: Mapping[str, TargetSettings]) -> None:
    way: list[str] = [name]
    while (before := targets[way[-1]].promote_from) is not None and way.count(name) < 2:
        if before in way[1:]:
            return
        way.append(before)
    if way.count(name) > 1:
        key = f"targets.{name}.promote_from"
        raise SettingsError(
            f"[{SECTION}] {key} goes round in a circle: {' from '.join(way)}",
            cause="a migration would have to be in each of them before it may go to any",
            next_step=f"correct {key} in pyproject.toml",
            data={"setting": key},
        )


def _target(name: str, options: object, default: TargetSettings | None) -> TargetSettings:
    if name in ("local", "models", "migrations"):
        raise _wrong_target(name, f"a target cannot be called {name!r}: commands take that word for something else")
    if not _NAME.fullmatch(name):
        raise _wrong_target(name, f"the name of a target has lower-case letters, digits and '-', not {name!r}")
    if not isinstance(options, dict):
        raise setting_values.wrong(f"targets.{name}", "a table with `protected` and `promote_from`", options)
    setting_values.reject_unknown(options, ("protected", "promote_from"), f"targets.{name}.")
    protected = options.get("protected", default.protected if default else False)
    promote_from = options.get("promote_from", default.promote_from if default else None)
    if not isinstance(protected, bool):
        raise setting_values.wrong(f"targets.{name}.protected", "true or false", protected)
    if promote_from is not None and not isinstance(promote_from, str):
        raise setting_values.wrong(f"targets.{name}.promote_from", "the name of another target", promote_from)
    return TargetSettings(name, protected, promote_from or None)


def _wrong_target(name: str, message: str) -> SettingsError:
    setting = f"targets.{name}"
    return SettingsError(
        f"[{SECTION}] {message}", next_step=f"rename {setting} in pyproject.toml", data={"setting": setting}
    )
