"""Which helper fits: one that has the same libraries in memory and lives in the same world."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from supabase_tasks import installed
from supabase_tasks.files import digest

# Read by the libraries when they are imported, or by the interpreter when it starts: a worker cannot take them over.
_PREFIXES = ("PYTHON", "SQLALCHEMY", "DISABLE_SQLALCHEMY", "PYDANTIC", "PSYCOPG", "LC_", "LD_", "MALLOC", "OPENSSL")
_NAMES = ("LANG", "LANGUAGE", "TZ")
# Flags that every interpreter has (`gil` since 3.13, the last two since 3.14), or that come from a variable the helper gets too.
_USUAL_FLAGS = (
    *("hash_randomization", "utf8_mode", "int_max_str_digits", "dont_write_bytecode", "optimize"),
    *("gil", "context_aware_warnings", "thread_inherit_context"),
)
_NAMESPACES = ("mnt", "pid", "net", "user", "ipc", "uts", "cgroup")


def is_kept(name: str) -> bool:
    """Whether a variable belongs to the helper's own environment; no other, and so no secret, reaches it."""
    return name.startswith(_PREFIXES) or name in _NAMES


def worker_key() -> str | None:
    """A digest of all that a worker cannot take over from its caller; None where it cannot be known, and for an
    interpreter with options or a search path of its own.

    A process with `no_new_privs` (every sandbox of an unprivileged user sets it, prctl(2)) never uses a helper: that
    would be a way out.
    """
    if _unusual_interpreter():
        return None
    try:
        status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines())
        if status["NoNewPrivs"] != "0" or status["Seccomp"] != "0":
            return None
        spaces = [str(Path(f"/proc/self/ns/{name}").readlink()) for name in _NAMESPACES]
        root = str(Path("/proc/self/root").readlink())
    except (OSError, KeyError, ValueError):
        return None
    variables = sorted(f"{name}={value}" for name, value in os.environ.items() if is_kept(name))
    rights = [status[name] for name in ("Uid", "Gid", "Groups", "CapEff", "CapBnd")]
    return digest(installed.signature(), *spaces, root, _confinement(), *rights, *variables)[:40]


def _unusual_interpreter() -> bool:
    flags = [name for name in dir(sys.flags) if not name.startswith(("_", "n_")) and name not in ("count", "index")]
    odd = any(getattr(sys.flags, name) for name in flags if name not in _USUAL_FLAGS)
    return bool(odd or sys._xoptions or sys.warnoptions or sys.gettrace() or os.environ.get("PYTHONPATH"))


def _confinement() -> bytes:
    """The label of AppArmor or SELinux; empty where there is neither (proc(5): reading it fails then)."""
    try:
        return Path("/proc/self/attr/current").read_bytes()
    except OSError:
        return b""
