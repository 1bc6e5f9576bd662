"""The Supabase CLI's commands, one method each."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from supabase_tasks import child_environment, process
from supabase_tasks.cli import arguments, failures, named_variables, output
from supabase_tasks.cli.arguments import LOCAL, Database
from supabase_tasks.cli.find import Binary, find_cli
from supabase_tasks.process import CompletedProgram
from supabase_tasks.settings import Settings

# Keep the CLI from calling out, from announcing updates, and from behaving differently under an agent.
_QUIET: Mapping[str, str | None] = {"SUPABASE_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1", "NO_COLOR": "1"}
# The CLI is a Bun program that mostly starts and ends: what JavaScriptCore's optimising compiler costs it (a quarter of its CPU
# time, 1.9 s against 1.4 s for `migration list`) comes back only where it computes, as pg-delta does in `db diff`. That
# threads of their own collect its garbage costs a tenth.
_SHORT_LIVED: Mapping[str, str | None] = {"BUN_JSC_useDFGJIT": "0", "BUN_JSC_useConcurrentGC": "0"}
_KEPT = (*child_environment.NETWORK, *child_environment.DOCKER, *child_environment.SHIMS)
Level = Literal["warning", "error"]
AdvisorLevel = Literal["info", "warn", "error"]


class SupabaseCli:
    """Runs the CLI for one project folder.

    Every method returns what the program wrote and raises `CliError` with a cause and a next step when it fails.
    `on_line` sees each line of output, redacted, as it comes. No secret is ever an argument.
    """

    def __init__(
        self,
        binary: Binary,
        workdir: Path,
        *,
        on_line: Callable[[str], None] | None = None,
        environment: Mapping[str, str | None] | None = None,
    ) -> None:
        self.binary = binary
        self.workdir = workdir
        self._on_line = on_line
        self._environment = dict(environment or {})

    @classmethod
    def of(
        cls,
        settings: Settings,
        *,
        on_line: Callable[[str], None] | None = None,
        environment: Mapping[str, str | None] | None = None,
    ) -> SupabaseCli:
        """The CLI of a project, found or installed, for its own databases on this machine.

        It runs in the project's folder with the variables that config.toml names. `environment` is laid over every call.
        """
        binary = find_cli(settings, on_line=on_line or (lambda line: None))
        named = named_variables.of(_text_of(settings.config_toml), os.environ.get, hosted=False)
        return cls(binary, settings.supabase.parent, on_line=on_line, environment={**named, **(environment or {})})

    def link(self, ref: str, *, password: str | None = None) -> CompletedProgram:
        """`supabase link`: makes `ref` the project that `linked_project()` means. Asks the Management API."""
        given = {"SUPABASE_DB_PASSWORD": password, **_naming(ref)}
        return self._run("link", LOCAL, ["--project-ref", ref], environment=given)

    def push(
        self,
        database: Database,
        *,
        dry_run: bool = False,
        include_all: bool = False,
        include_seed: bool = False,
        include_roles: bool = False,
    ) -> CompletedProgram:
        """`db push`: applies the migrations that the database does not have yet."""
        flags = ["--yes"]
        flags += ["--dry-run"] if dry_run else []
        flags += ["--include-all"] if include_all else []
        flags += ["--include-seed"] if include_seed else []
        flags += ["--include-roles"] if include_roles else []
        return self._run("push", database, flags)

    def reset(self, database: Database, *, seed: bool = True, version: str | None = None) -> CompletedProgram:
        """`db reset`: drops everything in the database, applies all migrations (up to `version`) and the seed."""
        flags = ["--yes", *([] if seed else ["--no-seed"]), *(["--version", version] if version else [])]
        return self._run("reset", database, flags)

    def lint(
        self, database: Database, *, schemas: Sequence[str] = (), level: Level = "warning", fail_on: str = "none"
    ) -> CompletedProgram:
        """`db lint`: checks function bodies with plpgsql_check; standard output is JSON, empty when there is nothing.

        Needs the extension plpgsql_check on the server.
        """
        flags = ["--level", level, "--fail-on", fail_on, *_schemas(schemas)]
        return self._run("lint", database, flags)

    def advisors(
        self, database: Database, *, kind: str = "all", level: AdvisorLevel = "info", fail_on: str = "none"
    ) -> CompletedProgram:
        """`db advisors`: the security and performance advisors; standard output is a JSON list, "" when empty."""
        return self._run("advisors", database, ["--type", kind, "--level", level, "--fail-on", fail_on])

    def diff_urls(self, source: Database, to: Database, *, schemas: Sequence[str] = ()) -> str:
        """`db diff --from URL --to URL`: the bundled pg-delta's SQL from one database to the other, "" when equal.

        The two may not need different passwords: the CLI reads one `PGPASSWORD` for both.
        """
        password = source.password or to.password
        # Standard output also carries notices ("pg-delta does not manage …"); the file holds the SQL alone.
        with tempfile.TemporaryDirectory(prefix="supabase-diff-") as folder:
            file = Path(folder) / "diff.sql"
            flags = ["--from", source.url or "", "--to", to.url or "", "--output", str(file), *_schemas(schemas)]
            self._run("diff", None, flags, environment={"PGPASSWORD": password})
            return file.read_text(encoding="utf-8") if file.exists() else ""

    def pull(self, database: Database, *, name: str | None = None, schemas: Sequence[str] = ()) -> CompletedProgram:
        """`db pull`: writes what the database has and the migrations lack as a migration. Needs Docker."""
        return self._run("pull", database, [*([name] if name else []), "--yes", *_schemas(schemas)])

    def dump(
        self, database: Database, *, file: Path, schemas: Sequence[str] = (), data_only: bool = False
    ) -> CompletedProgram:
        """`db dump` into `file`. Needs Docker."""
        flags = ["--file", str(file), *_schemas(schemas), *(["--data-only"] if data_only else [])]
        return self._run("dump", database, flags)

    def migrations(self, database: Database) -> CompletedProgram:
        """`migration list`: the versions here and in the database, as a table."""
        return self._run("migration-list", database)

    def repair(
        self, database: Database, versions: Sequence[str], *, status: Literal["applied", "reverted"]
    ) -> CompletedProgram:
        """`migration repair`: writes `versions` into the database's ledger, or removes them from it.

        Raises `ValueError` for anything that is no version: given none, the CLI empties the whole history.
        """
        if not versions or not all(version.isascii() and version.isdigit() for version in versions):
            raise ValueError(f"these are no versions: {versions}")
        return self._run("repair", database, ["--status", status, "--yes", *versions])

    def fetch(self, database: Database) -> CompletedProgram:
        """`migration fetch`: writes the migrations in the database's ledger as files."""
        return self._run("fetch", database, ["--yes"])

    def start(self, *, exclude: Sequence[str] = (), runtime: str | None = None) -> CompletedProgram:
        """`supabase start`: the local stack. Needs Docker, unless a `runtime` is named and is another one."""
        named = ["--runtime", runtime] if runtime else []
        return self._run("start", None, [*named, *(flag for name in exclude for flag in ("--exclude", name))])

    def stop(self, *, backup: bool = True) -> CompletedProgram:
        """`supabase stop`; without `backup` the stack's data is deleted."""
        return self._run("stop", None, [] if backup else ["--no-backup"])

    def variables(self) -> dict[str, str]:
        """`supabase status --env` of a stack that is not Docker's: `DB_URL`, `API_URL`, … of what runs.

        They hold passwords.
        """
        import io

        from dotenv import dotenv_values

        shown = self._run("status", None, ["--env", "--output-format", "text"]).stdout
        found = dotenv_values(stream=io.StringIO(shown), interpolate=False)
        return {name: value for name, value in found.items() if value is not None}

    def types(self, database: Database, *, language: str = "typescript", schemas: Sequence[str] = ()) -> str:
        """`gen types`: the source text of the types."""
        return self._run("types", database, ["--lang", language, *_schemas(schemas)]).stdout

    def _run(
        self,
        name: str,
        database: Database | None,
        flags: Sequence[str] = (),
        *,
        environment: Mapping[str, str | None] | None = None,
    ) -> CompletedProgram:
        selected = [] if database is None or name == "link" else arguments.target(self.binary.dialect, database)
        command = arguments.command(name, workdir=str(self.workdir.absolute()), flags=[*selected, *flags])
        laid_over = {
            **_QUIET,
            **({} if name == "diff" else _SHORT_LIVED),
            **self._environment,
            **(database.environment if database else {}),
            **_naming(database.ref if database else None),
            **(environment or {}),
        }
        relay = output.Relay(self._on_line, output.is_here(database)) if self._on_line else None
        done = process.run(
            [str(self.binary.path), *command],
            env=laid_over,
            keeps=_KEPT,
            # Not in the project: the CLI is a Bun program and runs what a `bunfig.toml` in the current folder says
            # (`preload`: 2.122.1, 3.1.0). What it works on is `--workdir`, as an absolute path.
            cwd=Path(self.workdir.absolute().anchor),
            check=False,
            on_line=relay.hear if relay else None,
            follow="stderr" if name in arguments.PRODUCTS else "both",
        )
        failure = failures.explain(name, done) if done.code != 0 else None
        if relay:
            relay.finish((lambda line: failures.is_untold(line, failure)) if failure else lambda line: True)
        if failure is not None:
            raise failure
        return done


def _naming(ref: str | None) -> dict[str, str]:
    # The flag wins in both majors. Where a release would ask the variable first, it hears the same.
    return {"SUPABASE_PROJECT_ID": ref} if ref else {}


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _schemas(schemas: Sequence[str]) -> list[str]:
    return ["--schema", ",".join(schemas)] if schemas else []
