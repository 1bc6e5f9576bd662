"""The linter: squawk and our own rules over a whole history, less what is ignored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks import supabase_config
from supabase_tasks.errors import SettingsError
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.lint import baseline, squawk
from supabase_tasks.lint import history as histories
from supabase_tasks.lint import options as lint_options
from supabase_tasks.lint.baseline import Known
from supabase_tasks.lint.finding import Finding
from supabase_tasks.lint.history import History
from supabase_tasks.lint.ignores import Ignores
from supabase_tasks.lint.options import IGNORE_RULE, Options
from supabase_tasks.lint.passing_changes import passing_findings
from supabase_tasks.lint.rule import Severity
from supabase_tasks.lint.rules import all_rules
from supabase_tasks.lint.said_hazards import SaidHazards
from supabase_tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class LintReport:
    """The findings by file and line, the number of files they may be in, how many comments silenced, whether squawk was
    there to look as well, and how many more the baseline knows."""

    findings: tuple[Finding, ...]
    files: int
    ignored: int
    squawk: bool
    known: int = 0

    @property
    def errors(self) -> int:
        return sum(finding.level == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors


def lint(
    settings: Settings,
    files: Sequence[MigrationFile],
    only: Sequence[Path] | None = None,
    *,
    known: Known | None = None,
) -> LintReport:
    """Lint the history `files`, in order, and report what is found in `only` (default: in all of them) beyond what is
    `known` (default: the project's baseline).

    The whole history is always read, because a later file can repair or break what an earlier one did. Raises
    `SettingsError` for wrong settings, `MigrationError` for a file that cannot be read, `LintError` when squawk fails.
    """
    options = lint_options.read(settings)
    wanted = _wanted_paths(files, options, only)
    with ThreadPoolExecutor(1) as pool:
        squawks = pool.submit(_squawk, settings, wanted, options)
        history = histories.read(settings, files)
        ignores = {parsed.source.path: Ignores(parsed) for parsed in history.files}
        found = [*_own(history, options), *_comments(ignores, options), *squawks.result()]
    inside = _open_findings([finding for finding in found if finding.path in wanted], history)
    kept = [finding for finding in inside if not ignores[finding.path].cover(finding.rule, finding.line)]
    kept.sort(key=lambda finding: (finding.path.name, finding.line, finding.column, finding.rule))
    reported = baseline.unknown(kept, baseline.read(settings) if known is None else known)
    has_squawk = squawk.program() is not None
    return LintReport(tuple(reported), len(wanted), len(inside) - len(kept), has_squawk, len(kept) - len(reported))


def _open_findings(found: Sequence[Finding], history: History) -> list[Finding]:
    """The findings but for those that the head of their file says, and those of what the file makes again itself."""
    paths = {finding.path for finding in found}
    parsed = {one.source.path: one for one in history.files if one.source.path in paths}
    heads = {path: SaidHazards(one) for path, one in parsed.items()}
    passing = {path: passing_findings(one.statements) for path, one in parsed.items()}
    return [one for one in found if (one.rule, one.line) not in passing[one.path] and not heads[one.path].cover(one)]


def _wanted_paths(files: Sequence[MigrationFile], options: Options, only: Sequence[Path] | None) -> frozenset[Path]:
    chosen = None if only is None else {path.resolve() for path in only}
    return frozenset(
        file.path
        for file in files
        if file.version >= options.since and (chosen is None or file.path.resolve() in chosen)
    )


def _own(history: History, options: Options) -> Iterator[Finding]:
    for rule in all_rules():
        level: Severity = options.severities.get(rule.name, rule.severity)
        if level == "off":
            continue
        for hit in rule.check(history):
            place = hit.place
            yield Finding(rule.name, level, place.source.path, place.line, place.column, hit.message, hit.advice)


def _squawk(settings: Settings, wanted: frozenset[Path], options: Options) -> Sequence[Finding]:
    major = supabase_config.major_version(settings)
    try:
        return list(
            squawk.check(
                sorted(wanted), root=settings.root, major=major, settings=options.severities, extra=options.foreign
            )
        )
    except SettingsError as error:
        error.message = f"{settings.place('lint.' + error.data.get('rule', ''))}{error.message}"
        raise


def _comments(ignores: dict[Path, Ignores], options: Options) -> Iterator[Finding]:
    level = options.severities.get(IGNORE_RULE, "error")
    if level == "off":
        return
    for path, found in ignores.items():
        for comment in found.comments:
            if comment.needs_reason and not (comment.reason and comment.rules):
                yield Finding(
                    IGNORE_RULE,
                    level,
                    path,
                    comment.line,
                    1,
                    "lint-ignore needs a reason; this one has no effect",
                    "-- lint-ignore <rule>: <why this is right here>",
                )
