"""How the outcomes of `migrations-check` and `migrations-lint` are shown, by the tasks and by the hooks alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks import command_line, console
from supabase_tasks.errors import LintError
from supabase_tasks.redaction import redact
from supabase_tasks.wording import count

if TYPE_CHECKING:
    from supabase_tasks.ledger.check import CheckResult
    from supabase_tasks.lint.run import LintReport


def report_check(found: CheckResult) -> None:
    """Print the outcome of `migrations-check`. Raises `LintError` when there are problems."""
    for note in found.notes:
        console.note(f"note: {note}")
    for problem in found.problems:
        named = problem.message.startswith(problem.file)
        console.say(f"{'' if named else f'{problem.file}: '}{problem.message} [{problem.code}]")
    if found.problems:
        raise LintError(
            f"{count(len(found.problems), 'problem')} in {count(found.files, 'migration') if found.files else 'migrations'}",
            next_step=found.problems[0].next_step,
            code="migrations-check",
            data={"against": found.against, "problems": [problem.as_json() for problem in found.problems]},
        )
    nothing = "no default branch to compare with" if found.in_git else "not a git repository: compared with nothing"
    compared = f"compared with {found.against}" if found.against else nothing
    console.say(f"{count(found.files, 'migration')}: in order ({compared})")
    console.report({"files": found.files, "against": found.against, "problems": [], "notes": list(found.notes)})


def report_lint(found: LintReport, root: Path, *, format: str = "text", output: str = "", strict: bool = False) -> None:
    """Print (or write to `output`) the findings. Raises `LintError` when there are errors, or with `strict` any."""
    from supabase_tasks.files import write_atomic
    from supabase_tasks.lint.formats import FORMATS

    if format not in FORMATS:
        step = command_line.chosen(format, list(FORMATS), "inv migrations-lint")
        raise LintError(
            f"there is no format {format!r}", cause=f"formats: {', '.join(FORMATS)}", next_step=step, code="format"
        )
    rendered = FORMATS[format](found.findings, root)
    if output:
        write_atomic(Path(output), redact(rendered) + "\n")
    else:
        console.out(rendered)
    data = {
        "files": found.files,
        "ignored": found.ignored,
        "squawk": found.squawk,
        "known": found.known,
        "findings": [finding.as_json(root) for finding in found.findings],
    }
    if not found.squawk:
        from supabase_tasks.lint import squawk

        console.note(f"note: squawk is not installed, so only our own rules ran; to add it: {squawk.INSTALL}")
    summary = f"{count(found.errors, 'error')}, {count(found.warnings, 'warning')} in {count(found.files, 'migration')}"
    summary += f"; {found.known} known to the baseline" if found.known else ""
    if found.errors or (strict and found.warnings):
        raise LintError(summary, next_step=_explanation(found), code="migrations-lint", data=data)
    (console.say if format == "text" or output else console.note)(summary)
    console.report(data)


def _explanation(found: LintReport) -> str:
    worst = min(found.findings, key=lambda finding: (finding.level, finding.tool == "squawk"))
    if worst.tool == "squawk":
        return f"read https://squawkhq.com/docs/{worst.rule}"
    return f"inv migrations-lint --explain {worst.rule}"
