"""schema-generate and schema-check: from the models to proven migrations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import Task

from supabase_tasks import command_line, console, settings
from supabase_tasks.errors import SettingsError
from supabase_tasks.settings import TargetSettings
from supabase_tasks.tasks import delegation, hazard_lines, task_options
from supabase_tasks.tasks.boundary import task
from supabase_tasks.tasks.review_output import ReviewOutput

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.flow.schema.generate import GenerateResult
    from supabase_tasks.flow.schema.request import Request
    from supabase_tasks.tasks.dialogue import Dialogue

# The answers to what the engine asks, each an option that may be given several times.
_ANSWERS = {
    "rename": "old:new, for instance public.scene.label:title; an empty old side says it is new (repeatable)",
    "allow": "accept a hazard by its name, for instance data-loss (repeatable)",
    "default": "schema.table.column=expression that fills existing rows of a new NOT NULL column (repeatable)",
}


@task(
    iterable=list(_ANSWERS),
    interrupted="no migration was written",
    help={
        "name": "name of the migration; without it one is derived from the change",
        "custom": "write an empty migration for hand-written SQL instead (needs --name)",
        "dry_run": "print the proven SQL and write nothing",
        **_ANSWERS,
        "verify": "also check the result with the Supabase CLI's pg-delta",
        "concurrently": "build indexes on existing tables CONCURRENTLY, each in a file of its own",
        "html": "also write a one-page review to this file: of the change, or of the branch's migrations",
        "summary": "also print that review for a pull request; the form: markdown",
        "json": task_options.JSON,
    },
)
def schema_generate(
    context: Context,
    name: str | None = None,
    custom: bool = False,
    dry_run: bool = False,
    rename: Sequence[str] = (),
    allow: Sequence[str] = (),
    default: Sequence[str] = (),
    verify: bool = False,
    concurrently: bool = False,
    html: str | None = None,
    summary: str | None = None,
    json: bool = False,
) -> None:
    """Write the SQL migration that makes the database equal the models, after proving it.

    The change is applied to a copy of the current schema first; the file is written only when the copy then equals the
    models. "Nothing to do" is a success. Renames are asked for in a terminal; elsewhere answer with --rename.
    """
    given = {key: value for key, value in locals().items() if key != "context"}
    project = settings.load()
    if (
        not custom
        and not delegation.check_is_cached(project)
        and delegation.run_by_worker("supabase_tasks.tasks.schema:schema_generate", **given)
    ):
        return
    from supabase_tasks.files import DeferredInterrupt
    from supabase_tasks.flow.schema import generate
    from supabase_tasks.flow.schema.request import Request

    if custom:
        path = generate.custom(project, name, dry_run=dry_run)
        if dry_run:
            console.say(f"would write {path}")
        else:
            _say_written((path,))
        written = [] if dry_run else [str(path)]
        console.report({"task": "schema-generate", "changed": True, "dry_run": dry_run, "written": written})
        return
    request = Request(
        name=name,
        dry_run=dry_run,
        verify=verify,
        concurrently=concurrently,
        renames=tuple(rename),
        allow=parse_allowed(allow),
        defaults=parse_defaults(default),
        dialogue=dialogue(project),
    )
    review = ReviewOutput(project, html, summary)
    with DeferredInterrupt() as interrupt:
        done = generate.generate_migration(project, request, observe=review.observe, interrupt=interrupt)
        review.write()
        _report(project, request, done, review)


@task(interrupted="nothing was written", help={"json": task_options.JSON})
def schema_check(context: Context, json: bool = False) -> None:
    """Exit with 1 when the models have changed and no migration covers it yet (nothing is written)."""
    from supabase_tasks.flow.schema import check

    project = settings.load()
    found = check.Agreement(delegation.check_is_cached(project))
    if not found.remembered:
        if delegation.run_by_worker("supabase_tasks.tasks.schema:schema_check", json=json):
            return
        found = check.check_models(project)
    console.say("models and migrations agree")
    if found.doubt:
        console.note(f"not remembered: {found.doubt}")
    _say_passed_over(found.passed_over)
    told = {"remembered": found.remembered, "doubt": found.doubt, "passed_over": list(found.passed_over)}
    console.report({"task": "schema-check", "agree": True, **told})


@task(
    iterable=list(_ANSWERS),
    help={
        "from_": "what to start from: models, migrations, local, a target's name or a postgresql:// URL",
        "to": "the schema to compare with (same values as --from; default: models)",
        **_ANSWERS,
        "allow": "taken as in schema-generate, though hazards are only shown here (repeatable)",
        "no_proof": "skip applying the SQL to a copy",
        "report": "also write both schemas (no rows, no secrets) and the plan to this file, for a bug report",
        "exit_code": "exit with 1 when the schemas differ",
        "json": f"{task_options.JSON} with the operations",
    },
)
def schema_diff(
    context: Context,
    from_: str = "migrations",
    to: str = "models",
    rename: Sequence[str] = (),
    allow: Sequence[str] = (),
    default: Sequence[str] = (),
    no_proof: bool = False,
    report: str | None = None,
    exit_code: bool = False,
    json: bool = False,
) -> None:
    """Print the proven SQL that turns one schema into another; nothing when they are equal.

    Standard output holds the SQL and nothing else; hazards and counts go to standard error. No database is changed.
    """
    from supabase_tasks.diff.ddl.hazards import GATED
    from supabase_tasks.flow.schema import schema_diff as flow
    from supabase_tasks.flow.schema import unplanned
    from supabase_tasks.flow.schema.request import Request

    project = settings.load()
    request = Request(
        renames=tuple(rename),
        allow=parse_allowed(allow) | frozenset(GATED),
        defaults=parse_defaults(default),
        dialogue=dialogue(project),
    )
    plan = flow.plan_schemas(project, from_, to, request, proven=not no_proof, report=Path(report) if report else None)
    if report:
        console.note(f"wrote {report}: look through it before you pass it on")
    if plan.empty:
        console.note("the schemas are equal")
    else:
        _say_plan(plan)
    console.out(plan.sql)
    data = {"task": "schema-diff", "equal": plan.empty and not plan.unmodelled, **plan.as_json()}
    unplanned.refuse_between_schemas(plan, data)
    console.report(data)
    if exit_code and not plan.empty:
        raise Exit(code=1)


def tasks(targets: Iterable[TargetSettings]) -> list[Task[Any]]:
    """The tasks of this family."""
    return [schema_generate, schema_check, schema_diff]


def parse_defaults(pairs: Sequence[str]) -> dict[str, str]:
    """`--default` options as expressions by column. Raises `SettingsError` for one of another form, and for two values."""
    if not pairs:
        return {}
    from supabase_tasks.diff.options import split_default

    found: dict[str, str] = {}
    sources: dict[str, str] = {}
    for pair in pairs:
        given = split_default(pair)
        if given is None:
            raise SettingsError(
                f"--default {pair} is not schema.table.column=expression",
                next_step="write it like \"public.scene.title='untitled'\", or leave --default out to be asked, then: "
                + command_line.without("--default", pair, "inv schema-generate"),
            )
        column, expression = given
        first = sources.setdefault(column, pair)
        if found.setdefault(column, expression) != expression:
            raise _two_values(column, first, pair)
    return found


def _two_values(column: str, first: str, second: str) -> SettingsError:
    only_first, only_second = (
        command_line.without("--default", left_out, f"inv schema-generate --default {command_line.join(kept)}")
        for kept, left_out in ((first, second), (second, first))
    )
    return SettingsError(
        f"--default gives {column} two values", cause=f"{first}\n{second}", next_step=only_first, others=(only_second,)
    )


def parse_allowed(names: Sequence[str]) -> frozenset[str]:
    """`--allow` options as they are. Raises `SettingsError` for a hazard that does not exist: it would allow nothing."""
    if not names:
        return frozenset()
    from supabase_tasks.diff.ddl.hazards import GATED
    from supabase_tasks.diff.plan.open_questions import ENUM_ORDER, ENUM_VALUES
    from supabase_tasks.flow.schema.preconditions import ALLOW_LOST_TABLES

    known = (*GATED, ALLOW_LOST_TABLES, ENUM_ORDER, ENUM_VALUES)
    for name in names:
        if name not in known:
            raise _unknown_hazard(name, known)
    return frozenset(names)


def _unknown_hazard(name: str, known: Sequence[str]) -> SettingsError:
    from supabase_tasks import command_line
    from supabase_tasks.did_you_mean import nearest

    # Several with a comma between them are taken for one name.
    meant = [found for part in name.split(",") if (found := nearest(part, known))]
    clear = len(meant) == name.count(",") + 1
    others = "".join(f" --allow {one}" for one in meant[1:])
    return SettingsError(
        f"--allow {name}: there is no hazard of that name",
        cause=f"did you mean {' and '.join(meant)}?" if clear else f"known: {', '.join(known)}",
        next_step=command_line.with_correction(name, meant[0]) + others if clear else "inv --help schema-generate",
        code="unknown-permission",
    )


def dialogue(project: settings.Settings) -> Dialogue | None:
    """Who is asked what a change leaves open: the person in the terminal; None where there is none."""
    if not console.interactive():
        return None
    from supabase_tasks.tasks.dialogue import Dialogue

    return Dialogue(project)


def _report(project: settings.Settings, request: Request, done: GenerateResult, review: ReviewOutput) -> None:
    from supabase_tasks.flow.schema import unplanned

    data = {"task": "schema-generate", "changed": done.changed, "dry_run": request.dry_run}
    data["passed_over"] = list(done.passed_over)
    _say_passed_over(done.passed_over)
    if done.plan is None or not done.changed:
        review.say("nothing to do: models and migrations agree")
        console.report(data | {"written": []})
        return
    _say_plan(done.plan)
    if request.dry_run and not review.summary:
        console.out(done.plan.sql)
    _say_written(done.written, review.say)
    data |= done.plan.as_json() | {"written": [str(path) for path in done.written]}
    unplanned.refuse(done.plan, data)
    console.report(data)


def _say_passed_over(lines: Iterable[str]) -> None:
    for line in lines:
        console.note(f"not created: {line}")


def _say_plan(plan: Plan) -> None:
    console.note(plan.header)
    hazard_lines.say(plan.hazards, console.note)
    for name in plan.unmodelled:
        console.note(f"  not compared: {name}")


def _say_written(written: Sequence[Path], say: Callable[[str], None] = console.say) -> None:
    for path in written:
        say(f"wrote {path}")
    if written:
        console.next_step("inv supabase-db-reset", "inv supabase-db-push-local")
