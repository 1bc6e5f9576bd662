"""Replay the migrations of checked-out Supabase projects on the embedded database and say what passes and why not.

    python bench/replay_public_projects.py FOLDER [--json] [--only TEXT] [--cli PROGRAM] [--verdicts FILE]

FOLDER holds one checkout per project; every `migrations` folder below it is a project. Nothing is fetched. A history that fails
is broken in itself when the real CLI fails in the same file of it, on the same platform: `--cli` names the CLI that is asked
(`node_modules/.bin/supabase`). Without one its SQLSTATE is the guess. `--verdicts` is a JSON file of failures that somebody
looked into, `{"project": "class: evidence"}`; it overrides both.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from supabase_tasks import postgres, process
from supabase_tasks.errors import MigrationError, TaskError
from supabase_tasks.ledger import files as ledger
from supabase_tasks.settings import Settings

_PLATFORM = re.compile(
    r"\b(auth|storage|realtime|vault|extensions|graphql|graphql_public|supabase_functions|cron|net|pgmq)\."
)
# SQLSTATEs by which a history contradicts itself: undefined or duplicate objects and columns, wrong types, syntax.
_BROKEN = (
    "42P01",
    "42703",
    "42704",
    "42883",
    "42710",
    "42P07",
    "42701",
    "42601",
    "42804",
    "42P13",
    "23",
    "2BP01",
    "42P16",
    "22",
)


@dataclass(frozen=True)
class Result:
    """One project's replay: seconds are those of a first replay on a running server."""

    project: str
    files: int
    seconds: float
    passed: bool
    major: int
    file: str | None = None
    statement: str | None = None
    message: str | None = None
    sqlstate: str | None = None
    cause: str | None = None


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of a table")
    parser.add_argument("--only", default="", help="only projects whose path contains this")
    parser.add_argument("--verdicts", type=Path, help="JSON file: project to looked-into cause")
    parser.add_argument("--cli", type=Path, help="the Supabase CLI that is asked to apply each history that fails")
    options = parser.parse_args(arguments)
    verdicts = json.loads(options.verdicts.read_text()) if options.verdicts else {}
    results = []
    for project in find_projects(options.folder):
        name = str(project.relative_to(options.folder))
        if options.only in name:
            results.append(replay(project, name, verdicts.get(name), options.cli))
            if not options.json:
                print(row(results[-1]), flush=True)
    if options.json:
        print(json.dumps([asdict(result) for result in results], indent=2))
    else:
        print(summary(results))
    return 0


def find_projects(folder: Path) -> Iterator[Path]:
    """The folders below `folder` that have a `migrations` folder with a migration in it, nearest first, by name."""
    found = sorted(path.parent for path in folder.rglob("migrations") if any(path.glob("[0-9]*_*.sql")))
    for path in found:
        if not any(other != path and path.is_relative_to(other) for other in found):
            yield path


def replay(project: Path, name: str, verdict: str | None, cli: Path | None = None) -> Result:
    """Replay one project on a shadow server of its own, and ask `cli` where that fails."""
    with tempfile.TemporaryDirectory() as root:
        settings = Settings(root=Path(root), project="replay", supabase=project, migrations=project / "migrations")
        try:
            server = postgres.shadow(settings)
            template = postgres.platform_template(server, settings)
            result = _timed(server, settings, name, verdict)
            if result.passed or verdict or cli is None or result.file == "roles.sql":
                return result
            return replace(result, cause=verdict_of(server, template, settings, result, cli))
        finally:
            postgres.stop(settings)


def verdict_of(server: postgres.Server, template: str, settings: Settings, result: Result, cli: Path) -> str:
    """What the failure of a history is, by what the real CLI does with it on a copy of the platform."""
    command = [str(cli.resolve()), "db", "push", "--yes"]
    with server.scratch(template) as database:
        url = server.url(database)
        command += [f"--remote={url}"] if "--remote" in _help(cli) else ["--db-url", url]
        # A project's own config.toml may be of another major.
        work = settings.root / "judged" / "supabase"
        work.mkdir(parents=True)
        (work / "config.toml").write_text('project_id = "judged"\n', encoding="utf-8")
        shutil.copytree(settings.migrations, work / "migrations")
        done = process.run(command, cwd=work.parent, env={"PGPASSWORD": server.password}, check=False, timeout=600)
    last = re.findall(r"Applying migration ([^\n]+?\.sql)", done.output)
    if done.code == 0:
        return "ours: the CLI applies it"
    same = not result.file or not last or last[-1] == result.file or "schema_migrations_pkey" in done.output
    return "history broken in itself" if same else f"ours: the CLI goes on to {last[-1]}"


def _help(cli: Path) -> str:
    return process.run([str(cli), "db", "push", "--help"], check=False).output


def _timed(server: postgres.Server, settings: Settings, name: str, verdict: str | None) -> Result:
    started = time.perf_counter()
    count = len([path for path in settings.migrations.iterdir() if ledger.FILE_NAME.match(path.name)])
    try:
        files = ledger.read(settings)
        postgres.history_template(server, settings, files)
    except MigrationError as error:
        return _failed(error, name, count, time.perf_counter() - started, server.major, verdict)
    except TaskError as error:
        return Result(
            name,
            count,
            time.perf_counter() - started,
            False,
            server.major,
            message=error.message,
            cause=verdict or "ours",
        )
    return Result(name, count, time.perf_counter() - started, True, server.major)


def _failed(error: MigrationError, name: str, count: int, seconds: float, major: int, verdict: str | None) -> Result:
    data = error.data
    statement = " ".join(str(data.get("statement", "")).split())[:200]
    message = str(data.get("postgres_message") or error.message)
    return Result(
        project=name,
        files=count,
        seconds=seconds,
        passed=False,
        major=major,
        file=data.get("file"),
        statement=statement,
        message=message,
        sqlstate=data.get("sqlstate"),
        cause=verdict or guess(message, str(data.get("sqlstate", "")), statement),
    )


def guess(message: str, sqlstate: str, statement: str) -> str:
    """The class of a failure by its error: extension, platform object, history broken in itself, or ours to find out."""
    # The platform of today refuses that to every project.
    if "have the version" in message or "Direct deletion from storage" in message:
        return "history broken in itself"
    if "not available in the embedded database" in message or "extension" in message:
        return "extension"
    if _PLATFORM.search(message) or ("schema" in message and _PLATFORM.search(statement)):
        return "platform object"
    return "history broken in itself" if sqlstate.startswith(_BROKEN) else "ours"


def row(result: Result) -> str:
    state = "passes" if result.passed else f"{result.file}: {result.message} [{result.cause}]"
    return f"{result.project:58} {result.major:3} {result.files:4} {result.seconds:6.2f} s  {state}"


def summary(results: list[Result]) -> str:
    passed = [result for result in results if result.passed]
    broken = sum("broken in itself" in (result.cause or "") for result in results)
    told = (
        f"{len(passed)} of {len(results) - broken} pass that can ({broken} of {len(results)} are broken in themselves)"
    )
    times = sorted(result.seconds for result in passed)
    if not times:
        return told
    per_file = 1000 * sum(times) / sum(result.files for result in passed)
    middle = times[len(times) // 2]
    return f"{told}; median {middle:.2f} s, longest {times[-1]:.2f} s, {per_file:.0f} ms a file"


if __name__ == "__main__":
    sys.exit(main())
