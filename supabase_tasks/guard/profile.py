"""Which cloud the Supabase CLI talks to: the host names of its profile."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks.environment import Environment, tracked_by_git
from supabase_tasks.errors import SettingsError

VARIABLE = "SUPABASE_PROFILE"
_FLAT_YAML = re.compile(r"^(\w+)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Profile:
    """Host suffixes: a project's database is `db.<ref>.<project_host>`, its pooler a name below `pooler_host`."""

    project_host: str = "supabase.co"
    pooler_host: str = "supabase.com"

    def direct_host(self, ref: str) -> str:
        return f"db.{ref}.{self.project_host}"

    def owns(self, host: str) -> bool:
        """Whether `host` belongs to this cloud."""
        return any(host == suffix or host.endswith(f".{suffix}") for suffix in (self.project_host, self.pooler_host))


# The CLI's own profiles other than the default (`supabase --profile`, 2.x and 3.x); no others have a name.
_DEFAULT = "supabase"
_BUILT_IN = {_DEFAULT: Profile(), "": Profile()}


def load(environment: Environment) -> Profile:
    """The profile that `SUPABASE_PROFILE` names (a built-in name or a YAML, TOML or JSON file), else the default.

    Raises `SettingsError` for a file that cannot be read or lacks `project_host`, and when a file that git tracks names
    the profile: a repository must not say where the access token and the passwords go.
    """
    name = _chosen(environment)
    if name in _BUILT_IN:
        return _BUILT_IN[name]
    values = _read(Path(name))
    if not values.get("project_host"):
        raise SettingsError(
            f"the profile {name} has no project_host", next_step=f"unset {VARIABLE}, or repair the file"
        )
    return Profile(values["project_host"], values.get("pooler_host") or values["project_host"])


def for_cli(environment: Environment) -> str:
    """What to tell the CLI: the same profile, as an absolute path where it is a file.

    Always given: without it the CLI takes the cloud that `~/.supabase/profile` names (2.122.1, 3.1.0).
    """
    name = _chosen(environment)
    return _DEFAULT if name in _BUILT_IN else str(Path(name).absolute())


def _chosen(environment: Environment) -> str:
    found = environment.variables.get(VARIABLE)
    if found is not None and found.file is not None and found.value and tracked_by_git(found.file):
        raise SettingsError(
            f"{VARIABLE} is set in {found.file}, which git tracks",
            cause="it says to which hosts the access token and the databases' passwords go",
            next_step=f"take {VARIABLE} out of {found.file}; where you trust it, set it in the environment",
            code="profile-tracked",
        )
    return found.value if found is not None else ""


def _read(path: Path) -> Mapping[str, str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".toml":
            document = tomllib.loads(text)
        elif path.suffix == ".json":
            document = json.loads(text)
        else:
            document = dict(_FLAT_YAML.findall(text))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"the profile {path} cannot be read", cause=str(error), next_step=f"unset {VARIABLE}, or repair the file"
        ) from error
    return {key: value for key, value in document.items() if isinstance(value, str)}
