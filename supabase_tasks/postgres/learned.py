"""What is refused within the code of migrations, found out before the CLI runs them.

The CLI gets a private copy of the files (`assistance`), so what its statements need lifted must be known by then. A text says
so by itself in most cases; where code may decide it (a function, an EXECUTE, a policy on the platform's tables), the history is
applied to a scratch copy first, as a replay is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from supabase_tasks.errors import MigrationError
from supabase_tasks.postgres import nested_lifts, platform, replay
from supabase_tasks.postgres.refusals import Refusals
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.ledger.files import MigrationFile
    from supabase_tasks.postgres.server import Server

_CODE = re.compile(r"\bexecute\b|\bcreate\s+(?:or\s+replace\s+)?(?:function|procedure)\b", re.IGNORECASE)
# What is lifted only where PostgreSQL refuses it.
_SETTING = re.compile(
    r"\balter\s+(?:role|user)\b.*\bset\s+\"?\w+\"?\.|\bcomment\s+on\s+extension\b", re.IGNORECASE | re.DOTALL
)
_ON_PLATFORM = re.compile(
    r"\b(?:policy|drop\s+trigger)\b[^;]*\bon\s+\"?(?:auth|storage|realtime)\"?\s*\.", re.IGNORECASE | re.DOTALL
)


def of(
    server: Server, settings: Settings, files: Sequence[MigrationFile], pending: Sequence[MigrationFile]
) -> Mapping[MigrationFile, Refusals]:
    """What is known of each of the `pending` files; nothing where no text needs it, or where a file does not apply."""
    if not pending or not _any_may_be_refused([file.text for file in files], settings):
        return {}
    found = {file: Refusals() for file in files}
    with server.scratch(platform.platform_template(server, settings)) as name, server.migrator(name) as connection:
        for file in files:
            try:
                replay.apply_file(connection, file.text, version=file.version, name=file.name, known=found[file])
            except MigrationError:
                # The CLI says so itself, in its own words.
                break
    return found


def _any_may_be_refused(texts: Sequence[str], settings: Settings) -> bool:
    if any(_may_be_refused(text, settings) for text in texts):
        return True
    # A function that executes what it is given, and catches what is refused then, may be in another file than its caller.
    catching = any(_CODE.search(text) and nested_lifts.handles_errors(text) for text in texts)
    return catching and any(nested_lifts.may_hold(text) for text in texts)


def _may_be_refused(text: str, settings: Settings) -> bool:
    if _SETTING.search(text) or (settings.roles == "strict" and _ON_PLATFORM.search(text)):
        return True
    return bool(_CODE.search(text)) and nested_lifts.may_hold(text)
