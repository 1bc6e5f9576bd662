"""The variables that config.toml asks for by `env(NAME)`: the only ones of a developer's that a CLI call is given."""

from __future__ import annotations

import re
from collections.abc import Callable

from supabase_tasks import child_environment

_NAMED = re.compile(r"env\(\s*([A-Za-z_][A-Za-z0-9_]*)\s*\)")
# What decides which database or account is meant, or how programs run, is never passed for being named.
_OURS = re.compile(
    r"(SUPABASE_(ACCESS_TOKEN|DB_|PROJECT_|PROFILE|WORKDIR|HOME|ENV|YES|REMOTES_|INTERNAL_|EXPERIMENTAL|TASKS_)"
    r"|DATABASE_URL|PG[A-Z]|LD_|DYLD_|NODE_|BUN_|JSC_|DOTENV_|DOCKER_|GIT_|NPM_|SSL|OPENSSL_|CURL_|GCONV_|GLIBC_|MALLOC_"
    r"|LOCPATH$|NLSPATH$|HOSTALIASES$|LOCALDOMAIN$|RES_OPTIONS$|RESOLV_|BASH_|ENV$|IFS$|[A-Z]*_?PROXY$)",
    re.IGNORECASE,
)
# The CLI applies any SUPABASE_… of the config's tree over config.toml (2.122.1, 3.1.0): not in a hosted change.
_HOSTED = re.compile(r"SUPABASE_", re.IGNORECASE)


def of(config: str, look_up: Callable[[str], str | None], *, hosted: bool) -> dict[str, str]:
    """Name → value of the variables that the text of a config.toml names and `look_up` knows."""
    # What every program gets of the shell (PATH, HOME, proxies, certificates) comes from there or not at all: a dotenv file
    # must not say it, in which config.toml's author may have named it.
    names = {name for name in _NAMED.findall(config) if not _OURS.match(name) and not child_environment.is_passed(name)}
    values = {name: look_up(name) for name in sorted(names) if not (hosted and _HOSTED.match(name))}
    return {name: value for name, value in values.items() if value is not None}
