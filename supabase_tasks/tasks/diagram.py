"""`inv schema-diagram`: the schema to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from invoke.context import Context
from invoke.tasks import Task

from supabase_tasks import console, progress
from supabase_tasks.settings import TargetSettings
from supabase_tasks.tasks.boundary import task


def tasks(targets: Sequence[TargetSettings]) -> list[Task[Any]]:
    """The tasks of this family; the targets make no difference to them."""
    return [schema_diagram]


@task(
    iterable=["output"],
    help={
        "output": "file to draw, by its ending: .md (Mermaid), .svg or .html; can be given several times "
        "(default: docs/schema.md and docs/schema.html)",
        "diff": "colour what the models change of this side: migrations, local, a target or a PostgreSQL URL "
        "(default file: schema-diff.html)",
        "check": "write nothing; exit code 1 when a file is stale",
        "json": "one JSON document instead of text",
    },
)
def schema_diagram(
    context: Context, output: Sequence[str] = (), diff: str = "", check: bool = False, json: bool = False
) -> None:
    """Draw the models' tables and references: Mermaid in Markdown, a self-contained SVG or HTML page."""
    from supabase_tasks import settings
    from supabase_tasks.errors import SettingsError
    from supabase_tasks.files import write_atomic
    from supabase_tasks.flow.schema import diagram

    if check and diff:
        raise SettingsError(
            "--check and --diff do not go together",
            cause="--check compares files with the models alone",
            next_step="inv schema-diagram --check",
        )
    with progress.during(f"drawing the models{' and what they change' if diff else ''}"):
        drawings = diagram.draw(settings.load(), output or (diagram.COMPARED if diff else diagram.DEFAULT), diff)
    if check:
        diagram.refuse_stale(drawings, all_wanted=bool(output))
        drawings = tuple(drawing for drawing in drawings if drawing.before is not None)
    for drawing in drawings:
        if drawing.stale:
            write_atomic(drawing.path, drawing.after)
        console.say(f"{'wrote' if drawing.stale else 'up to date:'} {drawing.path}")
    beyond = diagram.too_large(drawings)
    if beyond:
        console.note(f"warning: GitHub shows an error in place of what is too large for Mermaid: {'; '.join(beyond)}")
        console.next_step("inv schema-diagram --output docs/schema.svg")
    console.report(
        {"files": [{"path": str(one.path), "written": one.stale} for one in drawings], "too_large": list(beyond)}
    )
