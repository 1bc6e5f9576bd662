"""`[tool.supabase-tasks.lint]`: a severity per rule, and the first migration that counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

from supabase_tasks import did_you_mean
from supabase_tasks.errors import SettingsError
from supabase_tasks.lint.rule import Severity
from supabase_tasks.lint.rules import all_rules
from supabase_tasks.settings import Settings

SECTION = "tool.supabase-tasks.lint"
# Findings about the ignore comments themselves.
IGNORE_RULE = "lint-ignore"
_SINCE = "since"
_NEARLY_ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class Options:
    """`severities` by rule name as the settings give them; `since`: findings in files of a lower version are left out
    (an adopted history cannot be changed any more)."""

    severities: dict[str, Severity] = field(default_factory=dict)
    since: str = ""

    @property
    def foreign(self) -> tuple[str, ...]:
        """The rules named that are not ours: squawk's, if anyone's."""
        ours = {rule.name for rule in all_rules()}
        return tuple(name for name in self.severities if name not in ours and name != IGNORE_RULE)


def read(settings: Settings) -> Options:
    """The lint options of `settings`. Raises `SettingsError` for a value that is no severity or a name near one of
    ours."""
    severities: dict[str, Severity] = {}
    for name, value in settings.lint.items():
        if name == _SINCE:
            if not isinstance(value, str) or not value.isdigit():
                raise _wrong(settings, _SINCE, f'since must be a version such as "0042", not {value!r}')
        elif value not in get_args(Severity):
            hint = did_you_mean.hint(value, get_args(Severity)) if isinstance(value, str) else None
            raise _wrong(settings, name, f"{name} must be 'error', 'warning' or 'off', not {value!r}", hint)
        else:
            severities[_require_known(settings, name)] = value
    return Options(severities, settings.lint.get(_SINCE, ""))


def _require_known(settings: Settings, name: str) -> str:
    ours = [rule.name for rule in all_rules()]
    # squawk's rules are named here too: only what is nearly one of ours is a slip.
    near = did_you_mean.nearest(name, [*ours, IGNORE_RULE], alike=_NEARLY_ALIKE)
    if name not in ours and near is not None and near != name:
        raise _wrong(settings, name, f"there is no rule {name!r}", f"did you mean {near!r}?")
    return name


def _wrong(settings: Settings, name: str, message: str, hint: str | None = None) -> SettingsError:
    place = settings.place(f"lint.{name}")
    return SettingsError(
        f"{place}[{SECTION}] {message}", cause=hint, next_step=f"correct lint.{name} in pyproject.toml"
    )
