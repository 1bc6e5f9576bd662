"""The console script `supabase-tasks-hook`: one entry point for every file hook, with the exit codes of the tasks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from supabase_tasks.errors import EXIT_INTERRUPTED, EXIT_UNEXPECTED, TaskError

# name → (module, what it checks); each module offers `check(root, files, against)`, raising `TaskError`.
HOOKS = {
    "migrations-check": ("migrations_check", "names, order and immutability of the migrations"),
    "migrations-lint": ("migrations_lint", "locks, row level security, policies, grants, secrets"),
    "nx-shim-check": ("nx_shim_check", "project.json has every task"),
    "no-direct-ddl": ("no_direct_ddl", "no script changes a database past the migrations"),
}
Check = Callable[[Path, Sequence[Path], str | None], None]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one hook over every project concerned, and exit: 0 fine, 1 something found, 3 a bug, 130 Ctrl-C."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Like `main`, but returns the exit code."""
    options = _parser().parse_args(arguments)
    from supabase_tasks.hooks import projects

    module = import_module(f"supabase_tasks.hooks.{HOOKS[options.hook][0]}")
    check = cast(Check, module.check)
    try:
        whole = getattr(module, "WHOLE_REPOSITORY", False)
        found = {Path.cwd(): options.files} if whole else projects.projects_of(options.project, options.files)
        codes = [_one(check, root, files, options.against) for root, files in found.items()]
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    return max(codes, default=0)


def _one(check: Check, root: Path, files: Sequence[Path], against: str | None) -> int:
    try:
        check(root, files, against)
    except TaskError as error:
        return _fail(error)
    except Exception:
        from supabase_tasks import console

        console.note_traceback()
        return EXIT_UNEXPECTED
    return 0


def _fail(error: TaskError) -> int:
    from supabase_tasks import console
    from supabase_tasks.error_text import render

    console.note_text(render(error))
    return error.exit_code


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:18}{text}" for name, (_, text) in HOOKS.items())
    parser = argparse.ArgumentParser(
        prog="supabase-tasks-hook", epilog=f"hooks:\n{listed}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("hook", choices=HOOKS, metavar="HOOK")
    parser.add_argument("--project", action="append", type=Path, default=[], help="a project folder (default: all)")
    parser.add_argument("--against", help="the branch or commit to compare with (default: the default branch)")
    parser.add_argument("files", nargs="*", type=Path, help="the files to report on (default: all)")
    return parser
