"""`init`, `doctor`, `schema-import`: taking a repository in and seeing that it is well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invoke.context import Context
from invoke.tasks import Task

from supabase_tasks import command_line, console, progress, wording
from supabase_tasks.settings import TargetSettings
from supabase_tasks.tasks.boundary import task

if TYPE_CHECKING:
    from supabase_tasks.adopt.scan import Candidate
    from supabase_tasks.flow.adopt.init import Proposal
    from supabase_tasks.flow.health import Finding

_MARKS = {"ok": "✓", "note": "·", "problem": "✗"}


def tasks(targets: Sequence[TargetSettings]) -> list[Task[Any]]:
    """The tasks of this family; the targets make no difference to them."""
    return [init, doctor, schema_import]


@task(
    help={
        "models": "the module with the models, such as app.models (several joined by commas, or `all`)",
        "project": "the project's name (default: [project] name of pyproject.toml)",
        "yes": "write without asking",
        "dry_run": "only show the diff",
        "hooks": "propose the pre-commit hooks",
        "ci": "propose the CI workflow",
        "nx": "propose the nx targets in an nx workspace",
        "json": "one JSON document instead of text",
    }
)
def init(
    context: Context,
    models: str = "",
    project: str = "",
    yes: bool = False,
    dry_run: bool = False,
    hooks: bool = True,
    ci: bool = True,
    nx: bool = True,
    json: bool = False,
) -> None:
    """Adopt this repository: find its models, propose settings, tasks.py, hooks and CI; shows the diff and asks."""
    from supabase_tasks.flow.adopt import init as flow

    options = flow.Options(models or None, project or None, hooks, ci, _targets() if nx else {})
    proposal = flow.propose(Path.cwd(), options, _choose if console.interactive() and not yes else None)
    _show(proposal)
    written = bool(proposal.changes) and not dry_run and (yes or _agrees(proposal))
    if proposal.changes and not written:
        console.say("nothing was written (dry run)" if dry_run else "nothing was written")
        if not dry_run:
            console.report(_as_json(proposal, written))
            return
    if written:
        flow.accept(proposal)
        console.say(f"wrote {wording.count(len(proposal.changes), 'file')}")
    for number, advice in enumerate(proposal.advice, 1):
        console.say()
        console.say(f"{number}. {advice.title}")
        console.text(advice.text)
    console.report(_as_json(proposal, written))


@task(
    help={
        "reach": "connect to the hosted targets that are set up",
        "json": "one JSON document instead of text",
    }
)
def doctor(context: Context, reach: bool = False, json: bool = False) -> None:
    """What is installed, set up and reachable; every problem with its fix. Exit code 1 when there is one."""
    from supabase_tasks import settings
    from supabase_tasks.flow.health import doctor as flow

    with progress.during("looking at programs, the project and what runs"):
        findings = list(flow.diagnose(settings.load(), reach=reach))
    areas: dict[str, list[list[console.Cell]]] = {}
    for one in findings:
        areas.setdefault(one.area, []).append([_MARKS[one.level], one.name, _with_fix(one)])
    console.tables([(["", area, ""], rows, None) for area, rows in areas.items()])
    console.say()
    problems = [one for one in findings if one.level == "problem"]
    console.report({"ok": not problems, "findings": [asdict(one) for one in findings]})
    if problems:
        raise flow.DoctorError(
            f"{wording.count(len(problems), 'problem')} found",
            cause="\n".join(f"{one.area}: {one.name}: {one.value}" for one in problems),
            next_step=next((one.fix for one in problems if one.fix), None),
        )
    console.say("no problem found")


@task(
    help={
        "source": "migrations (default), local, a target, or a postgresql:// URL without a password",
        "url_variable": "name of the environment variable that holds the database's URL, instead of --source",
        "into": "dotted name of the package to write (default: `models` of the settings, else db.schema)",
        "sql": "folder for what stays plain SQL (default: `sql` of the settings, else next to the package)",
        "dry_run": "only say what would be written",
        "json": "one JSON document instead of text",
    }
)
def schema_import(
    context: Context,
    source: str = "migrations",
    url_variable: str = "",
    into: str = "",
    sql: str = "",
    dry_run: bool = False,
    json: bool = False,
) -> None:
    """Write SQLModel modules for an existing database or migrations folder, proven to give the same schema.

    The source is only read. Existing files are never overwritten. Anything the models cannot express is written as SQL
    files next to them.
    """
    from supabase_tasks import settings
    from supabase_tasks.flow.importing import run, target

    project = settings.load()
    place = target.choose(project, into, sql)
    origin = target.origin(project, source, url_variable)
    with progress.during("reading the schema and proving the models"):
        imported = run.import_schema(project, origin, place.package, place.sql)
    added: tuple[str, ...] = ()
    if not dry_run:
        run.write(project.root, imported)
        added = target.apply_target(project, place)
    for name, text in imported.files.items():
        console.say(
            f"{'would write' if dry_run else 'wrote'} {project.root / name}  ({wording.count(len(text.splitlines()), 'line')})"
        )
    for note in imported.notes:
        console.say(f"note: {note}")
    for setting in added:
        console.say(f"added {setting} to [tool.supabase-tasks] in pyproject.toml")
    console.report(
        {
            "ok": not imported.left and not imported.of_the_server,
            "settings": list(added),
            "tables": imported.tables,
            "files": list(imported.files),
            "written": not dry_run,
            "notes": list(imported.notes),
            "left": [*imported.left, *imported.of_the_server],
        }
    )
    target.refuse_left(imported)
    console.say(f"{wording.count(imported.tables, 'table')}; proven: the models equal the source")
    if project.models not in (None, place.package):
        console.say(
            f"{project.models} stays the models; to use these, set models = {place.package!r} in pyproject.toml"
        )


def _with_fix(finding: Finding) -> console.Cell:
    return (finding.value, f"→ {finding.fix}") if finding.fix else finding.value


def _targets() -> dict[str, str]:
    from supabase_tasks.nx import shim
    from supabase_tasks.tasks import build

    return shim.describe(build())


def _choose(found: Sequence[Candidate]) -> str:
    console.note("Several modules declare tables:")
    for number, one in enumerate(found, 1):
        console.note(f"  {number}. {one.module}  ({wording.count(len(one.tables), 'table')})")
    while True:
        answer = console.ask("Which of them? (numbers joined by commas, or `all`)")
        numbers = (
            range(1, len(found) + 1) if answer == "all" else [int(n) for n in answer.split(",") if n.strip().isdigit()]
        )
        if numbers and all(0 < number <= len(found) for number in numbers):
            return ",".join(found[number - 1].module for number in numbers)


def _show(proposal: Proposal) -> None:
    console.say(f"project folder: {proposal.root}")
    for one in proposal.candidates:
        console.say(f"tables found:   {len(one.tables)} in {one.module}")
    if not proposal.changes:
        console.say("nothing to write: everything is there")
    for change in proposal.changes:
        console.say()
        console.text(change.diff(proposal.around.repository))


def _agrees(proposal: Proposal) -> bool:
    from supabase_tasks.errors import UnansweredError

    for change in proposal.changes:
        verb = "create" if change.before is None else "add to"
        console.note(f"{verb} {change.path}: {change.reason}")
    if not console.interactive():
        raise UnansweredError(
            f"init would write {wording.count(len(proposal.changes), 'file')}, and there is no terminal to ask in",
            next_step=command_line.with_flag("--yes", "supabase-tasks init"),
            data={"files": [str(change.path) for change in proposal.changes]},
        )
    from supabase_tasks.guard.confirmation import says_yes

    return says_yes("Write these files?", console.ask)


def _as_json(proposal: Proposal, written: bool) -> dict[str, Any]:
    return {
        "root": str(proposal.root),
        "models": proposal.models,
        "candidates": [{"module": one.module, "tables": list(one.tables)} for one in proposal.candidates],
        "written": written,
        "changes": [
            {
                "path": str(change.path),
                "creates": change.before is None,
                "reason": change.reason,
                "diff": change.diff(proposal.around.repository),
            }
            for change in proposal.changes
        ],
        "advice": [{"title": advice.title, "text": advice.text} for advice in proposal.advice],
    }
