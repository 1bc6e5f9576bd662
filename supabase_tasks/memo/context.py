"""What holds for a whole run and must be the same for a memo to be asked at all: it names the memo's file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from supabase_tasks import installed
from supabase_tasks.files import digest
from supabase_tasks.looks import signature_of
from supabase_tasks.settings import Settings

_READ = frozenset(("TZ", "TZDIR", "LANG", "LANGUAGE"))
_READ_BEGIN = ("PYTHON", "LC_")


def context_digest(settings: Settings) -> str:
    """A digest of the settings, everything installed, the folder we are in (models may read relative paths), and what any
    line may ask of the process without a trace: machine, user, processors, time zone, language, options."""
    return digest(repr(settings), os.getcwd(), installed.signature(), *_process(), *_variables())


def _process() -> Iterator[str]:
    yield repr((sys._xoptions, sys.warnoptions, os.cpu_count()))
    if hasattr(os, "uname"):
        yield repr(tuple(os.uname()))
    if hasattr(os, "getuid"):
        yield repr((os.getuid(), os.geteuid(), os.getgid(), os.getegid(), os.getgroups()))
    if hasattr(os, "sched_getaffinity"):
        yield repr(sorted(os.sched_getaffinity(0)))
    try:
        # localtime(5): the machine's time zone where TZ names none.
        yield signature_of(os.stat("/etc/localtime"))
    except OSError:
        yield "no time zone"


def _variables() -> Iterator[str]:
    """What the interpreter and the C library read for themselves."""
    for name, value in sorted(os.environ.items()):
        if name in _READ or name.startswith(_READ_BEGIN):
            yield f"{name}={value}"
