"""`PYTHONPATH=tests python -m support.pg_delta_corpus FOLDER [--only WORD]`: schema-diff on pg-delta's own corpus, both ways.

FOLDER is `packages/pg-delta/corpus` of the public repository supabase/pg-toolbelt: a folder for each transition, with the
schemas `a.sql` and `b.sql`, rows in `seed.sql` and `seed-b.sql`, and what it asks of the server in `meta.json`. Each side is
a plain PostgreSQL of its own. What is planned runs on the source itself, and `pg_dump`, `pg_dumpall` and the numbers of rows
say whether the source has become the target: nothing of the diff's own has a say in that.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from support.plain_server import PlainServer

from supabase_tasks import postgres, process, state_dir
from supabase_tasks.diff.ddl.hazards import GATED
from supabase_tasks.errors import TaskError
from supabase_tasks.flow.schema import schema_diff
from supabase_tasks.flow.schema.request import Request
from supabase_tasks.settings import Settings

_FAULTS = ("wrong", "raw", "bug", "lost")
_ANYTHING = Request(allow=frozenset(GATED), ask=lambda question: None)
_COUNT = """
    SELECT format('%I.%I', n.nspname, c.relname), (pg_catalog.xpath('/row/n/text()', pg_catalog.query_to_xml(
        format('SELECT count(*) AS n FROM ONLY %I.%I', n.nspname, c.relname), false, true, '')))[1]::text::int
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
"""


@dataclass(frozen=True)
class Transition:
    """A folder of the corpus."""

    folder: Path

    def text(self, name: str) -> str:
        path = self.folder / name
        return path.read_text() if path.is_file() else ""

    def can_run(self, major: int) -> bool:
        return int(json.loads(self.text("meta.json") or "{}").get("minVersion", 0)) <= major


@dataclass(frozen=True)
class Place:
    """Where the transitions run: a project without migrations, and a server for each side."""

    settings: Settings
    shadow: postgres.Server
    source: PlainServer
    target: PlainServer

    def judge(self, old: str, rows: str, new: str) -> tuple[str, str]:
        """The outcome of one direction, and what there is to say about it."""
        try:
            urls = self.source.filled(old, bare=True), self.target.filled(new, bare=True)
        except psycopg.Error as error:
            return "invalid", str(error)
        seeded = _run(urls[0], rows) if rows else None
        held = _counts(urls[0])
        try:
            plan = schema_diff.plan_schemas(self.settings, *urls, _ANYTHING)
        except TaskError as error:
            return ("wrong" if error.code is None else "named", f"{error.code}: {error}\n{error.cause}")
        except Exception:
            return "bug", traceback.format_exc()[-1500:]
        # A file is one transaction, as it will be applied.
        if any(line.startswith("role ") for line in plan.unmodelled):
            return "named", "\n".join(plan.unmodelled)
        failed = next((failure for file in plan.files if (failure := _run(urls[0], file.sql))), None)
        if failed:
            foretold = any(hazard.code == "may-fail" for hazard in plan.hazards)
            return ("stopped" if foretold else "raw", f"{failed}\n{plan.sql}")
        roles = [_roles(url) for url in urls]
        different = sorted(self._said(self.source, *roles) ^ self._said(self.target, *roles))
        if different:
            return "wrong", "\n".join((*different, plan.sql))
        now = _counts(urls[0])
        allowed = {hazard.relation for hazard in plan.hazards if hazard.code == "data-loss"}
        lost = {table for table, count in held.items() if now.get(table, count) < count and table not in allowed}
        if lost:
            return "lost", f"{lost}\n{plan.sql}"
        return ("equal" if plan.empty else "right"), (f"seed: {seeded}" if seeded else "")

    def _said(self, server: PlainServer, *roles: set[str]) -> set[str]:
        """What PostgreSQL's own programs say of a database, in parts that have no order, and of the settings and memberships of
        roles that both servers have."""
        program = str(self.shadow.bin / "pg_dump")
        text = process.run([program, "--schema-only", f"--dbname={server.url()}"]).stdout
        parts = re.split(r"\n--\n-- Name: .*\n--\n", re.sub(r"^\\(un)?restrict .*$", "", text, flags=re.M))
        with psycopg.connect(server.url()) as connection:
            powerful = [str(name) for (name,) in connection.execute("SELECT rolname FROM pg_roles WHERE rolsuper")]
            found = {_in_order(part, powerful) for part in parts}
            known = sorted(set.intersection(*roles))
            for query in (_SETTINGS, _MEMBERS):
                found |= {f"role {row}" for row in connection.execute(query, {"known": known}).fetchall()}
        return found


_SETTINGS = """
    SELECT 'setting', coalesce(r.rolname, ''), s.setdatabase <> 0, unnest(s.setconfig)
    FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole WHERE r.rolname = ANY (%(known)s) OR s.setrole = 0
"""
_MEMBERS = """
    SELECT DISTINCT 'member', a.roleid::regrole::text, a.member::regrole::text, a.admin_option FROM pg_auth_members a
    WHERE a.roleid::regrole::text = ANY (%(known)s) AND a.member::regrole::text = ANY (%(known)s)
"""


def _roles(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {str(name) for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}


def _in_order(part: str, superusers: Sequence[str]) -> str:
    """The part with its lines sorted: columns and privileges have no order that means anything, nor has which superuser
    owns what, nor what pg_dump says around it."""
    lines = (line.strip().rstrip(",") for line in part.splitlines())
    owned = tuple(f" OWNER TO {name};" for name in superusers)
    return "\n".join(sorted(line for line in lines if line and not line.startswith("--") and not line.endswith(owned)))


def _run(url: str, sql: str) -> str:
    """Runs it; what PostgreSQL says against it, or nothing."""
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.encode())
    except psycopg.Error as error:
        return str(error).strip()
    return ""


def _counts(url: str) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(_COUNT.encode()).fetchall()
    return {str(name).replace('"', ""): int(count) for name, count in rows}


@contextmanager
def place() -> Iterator[Place]:
    """A place, which is gone afterwards."""
    import os

    folder = Path(tempfile.mkdtemp(prefix="corpus-"))
    folder.chmod(0o755)
    os.environ[state_dir.ROOT_VARIABLE] = str(folder / "state")
    migrations = folder / "supabase" / "migrations"
    migrations.mkdir(parents=True)
    settings = Settings(root=folder, project="corpus", supabase=folder / "supabase", migrations=migrations)
    shadow = postgres.shadow(settings)
    servers = PlainServer(shadow.bin, folder / "a"), PlainServer(shadow.bin, folder / "b")
    try:
        yield Place(settings, shadow, *servers)
    finally:
        for server in servers:
            server.stop()
        postgres.stop(settings)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Print each fault, each refusal and what could not be tried, then the counts; 1 when there was a fault."""
    parser = argparse.ArgumentParser(prog="python -m support.pg_delta_corpus")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="transitions whose name holds this word")
    asked: Any = parser.parse_args()
    counts: Counter[str] = Counter()
    started = time.monotonic()
    with place() as here:
        for one in sorted(asked.folder.iterdir()):
            if asked.only not in one.name or not (one / "b.sql").is_file():
                continue
            for way, outcome, told in _both_ways(here, Transition(one)):
                counts[outcome] += 1
                if told:
                    print(f"{outcome} {one.name} {way}: {told}\n", flush=True)
    print(f"{sum(counts.values())} directions in {time.monotonic() - started:.0f} s: {dict(sorted(counts.items()))}")
    return 1 if any(counts[fault] for fault in _FAULTS) else 0


def _both_ways(here: Place, one: Transition) -> Iterator[tuple[str, str, str]]:
    texts = one.text("a.sql"), one.text("b.sql")
    if not one.can_run(here.shadow.major):
        yield from ((way, "newer", "") for way in ("there", "back"))
        return
    yield ("there", *here.judge(texts[0], one.text("seed.sql"), texts[1]))
    yield ("back", *here.judge(texts[1], one.text("seed-b.sql"), texts[0]))


if __name__ == "__main__":
    sys.exit(main())
