"""Which variables of this process another program sees: those named here, and what its caller gives it.

An allow list, because a program reads more than anybody can list: the Supabase CLI lets `SUPABASE_PROJECT_ID`,
`SUPABASE_DB_PORT` and some two hundred more overrule its flags and config.toml (2.122.1, 3.1.0), libpq reads `PGHOSTADDR`,
`PGOPTIONS` and `PGSERVICE` (PostgreSQL documentation, "Environment Variables"), and whatever a server inherits can be read
in `/proc` by the SQL that it runs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

# A name, or with `*` at its end every name that begins so. Case counts, except on Windows, whose names have none.
ESSENTIAL = (
    *("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TMP", "TEMP", "CI"),
    *("LANG", "LANGUAGE", "LC_*", "LOCALE_ARCHIVE", "TZ", "TZDIR"),
    *("TERM", "COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"),
    "XDG_*",
    # Programs of Nix, Conda and the like find their libraries by these.
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"),
    # Without these no program starts on Windows.
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "HOMEDRIVE", "HOMEPATH"),
    *("APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES*", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE"),
)
# For programs that talk to others over the network. A proxy's URL may hold a password: servers of ours get none of it.
NETWORK = (
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "NIX_SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "NODE_USE_SYSTEM_CA"),
    *("CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"),
)
# A hook tells git by GIT_INDEX_FILE which commit is being made; SUDO_UID says whose repository root may read.
GIT = ("GIT_*", "SUDO_UID")
DOCKER = ("DOCKER_*", "SSH_AUTH_SOCK", "BUILDKIT_*")
# What the shims of Node's version managers need to find the program that they stand for.
SHIMS = ("NVM_*", "VOLTA_*", "FNM_*", "ASDF_*", "MISE_*", "NODENV_*", "N_PREFIX", "PNPM_HOME", "BUN_INSTALL")
# npm's own settings, and the tokens that an .npmrc usually names.
NPM = ("npm_config_*", "NPM_CONFIG_*", "NPM_TOKEN", "NODE_AUTH_TOKEN", "NODE_OPTIONS", *SHIMS)


def of(more: Sequence[str] = (), environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables of this process (or of `environ`) that `ESSENTIAL` and `more` name."""
    names = (*ESSENTIAL, *more)
    found = os.environ if environ is None else environ
    return {name: value for name, value in found.items() if any(_matches(name, one) for one in names)}


def is_passed(name: str) -> bool:
    """Whether one of the lists of this module names the variable, in either case."""
    names = (*ESSENTIAL, *NETWORK, *GIT, *DOCKER, *NPM)
    return any(_matches(spelled, one) for one in names for spelled in (name, name.upper(), name.lower()))


def _matches(name: str, pattern: str) -> bool:
    if os.name == "nt":
        name, pattern = name.upper(), pattern.upper()
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern
