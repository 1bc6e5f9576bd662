"""What a project asks for to get this tool: the name where an index has it, else the place that it was installed from."""

from __future__ import annotations

import json
from functools import cache
from importlib import metadata
from typing import NamedTuple

NAME = "supabase-tasks"
EXTRA = "standard"


class Origin(NamedTuple):
    """Where this installation came from; all empty for one from an index, and for an editable one, whose folder is a
    developer's own."""

    url: str = ""
    vcs: str = ""
    revision: str = ""

    @property
    def is_local(self) -> bool:
        return self.url.startswith("file:") and not self.vcs

    def __str__(self) -> str:
        """As pip and uv take it: `git+https://…@v0.1.0`, `file:///…`."""
        return (f"{self.vcs}+" if self.vcs else "") + self.url + (f"@{self.revision}" if self.revision else "")


@cache
def origin() -> Origin:
    """As the installer recorded it, without a password ("Recording the Direct URL Origin of installed distributions", Python
    Packaging User Guide)."""
    try:
        record = json.loads(metadata.distribution(NAME).read_text("direct_url.json") or "{}")
    except (metadata.PackageNotFoundError, ValueError):
        return Origin()
    if record.get("dir_info", {}).get("editable"):
        return Origin()
    source = record.get("vcs_info", {})
    return Origin(record.get("url", ""), source.get("vcs", ""), source.get("requested_revision", ""))


def added_requirement() -> str:
    """The requirement of a project that uses it, with PostgreSQL and squawk as wheels."""
    return f"{NAME}[{EXTRA}]" + (f" @ {origin()}" if origin().url else "")


def shared_requirement() -> str:
    """The same for another machine, where a folder of this one is not."""
    return f"{NAME}[{EXTRA}]" if origin().is_local else added_requirement()


def for_rye() -> str:
    """The same for `rye add`, which takes a name, and the rest as options."""
    url, vcs, revision = origin()
    place = f" --git {url}" if vcs else f" --path {url.removeprefix('file://')}" if url else ""
    return f"{NAME}{place}{f' --rev {revision}' if revision else ''} --features {EXTRA}"
