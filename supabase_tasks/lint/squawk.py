"""squawk, for locks and safety: run once over all files, as a program, with JSON output."""

from __future__ import annotations

import json
import re
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from supabase_tasks.errors import LintError, SettingsError
from supabase_tasks.lint.finding import Finding
from supabase_tasks.lint.rule import Severity
from supabase_tasks.process import CompletedProgram, find, run

# What squawk says of other things than locks and safety, and what means nothing where the Supabase CLI applies the files.
_OFF = (
    # Each file is one transaction: it never fails part way through.
    "prefer-robust-stmts",
    # Taste, and the models' affair.
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
    "prefer-identity",
    "prefer-text-field",
    "prefer-timestamptz",
    "prefer-timestamp-tz",
    "ban-char-field",
    "ban-create-domain-with-constraint",
    # No row is lost with these, and a changed one has to be dropped and created again.
    "ban-drop-constraint",
    "ban-drop-domain",
    "ban-drop-extension",
    "ban-drop-function",
    "ban-drop-index",
    "ban-drop-policy",
    "ban-drop-type",
    "ban-drop-view",
    # Our missing-lock-timeout asks only where an existing table is locked. A migration waits for its lock, but may
    # then run as long as it takes.
    "require-lock-timeout",
    "require-statement-timeout",
    "require-timeout-settings",
    # Our transaction-control says it of the same statement, and what the push does.
    "transaction-nesting",
    # A new value at the end is what an enum without an order of its own gets, and what we generate.
    "require-enum-value-ordering",
    # PostgreSQL's own parser has the last word: see syntax-error. Unused ignores may well be for our rules.
    "syntax-error",
    "unused-ignore",
)
_ERRORS = (
    "ban-concurrent-index-creation-in-transaction",
    "ban-drop-database",
    "ban-truncate-cascade",
    "ban-uncommitted-transaction",
)
# The same statement under two rules: the first says less than the second.
_SAID_BY = {
    "constraint-missing-not-valid": "adding-foreign-key-constraint",
    "adding-required-field": "adding-not-nullable-field",
}
_ENDED_WELL = (0, 1)
_NOT_UTF8 = "stream did not contain valid UTF-8"
_UNSEEN = re.compile(r"Renaming an? (?:index|policy|constraint|trigger|rule|statistics)\b")
INSTALL = 'pip install "supabase-tasks[squawk]"'


def severity(rule: str, settings: Mapping[str, Severity]) -> Severity:
    """How bad a finding of squawk's `rule` is: as the settings say, else by our own table."""
    default: Severity = "off" if rule in _OFF else "error" if rule in _ERRORS else "warning"
    return settings.get(rule, default)


def check(
    paths: Sequence[Path], *, root: Path, major: int, settings: Mapping[str, Severity], extra: Sequence[str]
) -> Iterator[Finding]:
    """squawk's findings for `paths`. A `.squawk.toml` in `root` counts.

    `major` is PostgreSQL's, `extra` the rules that the settings name and that are not ours (squawk has some that are
    off by default; it refuses what it does not know, also where that is switched off). Nothing where squawk is not
    installed: some platforms have no wheel of it. Raises `SettingsError` for an unknown rule and `LintError` when squawk
    fails, or is missing although one of its rules is asked for.
    """
    found = program()
    asked = [rule for rule in extra if severity(rule, settings) != "off"]
    if found is None and asked:
        raise LintError(
            f"the rule {asked[0]} is squawk's, and squawk is not installed",
            next_step=INSTALL,
            code="squawk-missing",
        )
    if found is None or not paths:
        return
    command = [found, "--reporter", "json", "--assume-in-transaction", f"--pg-version={major}.0"]
    command += [f"--{'include' if rule in asked else 'exclude'}={rule}" for rule in extra]
    for entry in _once(_entries(command, paths, root)):
        level = severity(entry["rule_name"], settings)
        if level != "off" and not _harmless(entry["rule_name"], entry["message"]):
            yield Finding(
                entry["rule_name"],
                level,
                Path(entry["file"]),
                entry["line"] + 1,
                entry["column"] + 1,
                _one_line(entry["message"]),
                _one_line(entry["help"] or ""),
                tool="squawk",
            )


# The entries of squawk's JSON reporter.
def _entries(command: Sequence[str], paths: Sequence[Path], root: Path) -> list[Mapping[str, Any]]:
    done = run([*command, *(str(path) for path in paths)], cwd=root, check=False)
    if _NOT_UTF8 in done.stderr:
        return _of_copies(command, paths, root)
    if done.code not in _ENDED_WELL or not done.stdout.lstrip().startswith("["):
        raise _failure(done)
    found: list[Mapping[str, Any]] = json.loads(done.stdout)
    return found


def _of_copies(command: Sequence[str], paths: Sequence[Path], root: Path) -> list[Mapping[str, Any]]:
    """The same of copies in UTF-8, as the CLI reads the files; squawk refuses what is not."""
    with tempfile.TemporaryDirectory() as folder:
        copies = {Path(folder) / str(number) / path.name: path for number, path in enumerate(paths)}
        for copy, path in copies.items():
            copy.parent.mkdir()
            copy.write_text(path.read_bytes().decode("utf-8", "replace"), encoding="utf-8", newline="")
        return [{**one, "file": str(copies[Path(one["file"])])} for one in _entries(command, [*copies], root)]


def _once(entries: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    found = {(entry["file"], entry["line"], entry["rule_name"]) for entry in entries}
    for entry in entries:
        better = _SAID_BY.get(entry["rule_name"])
        if (entry["file"], entry["line"], better) not in found:
            yield entry


def _harmless(rule: str, message: str) -> bool:
    """Whether it is about the name of something that no client names: an index, a policy, a constraint, a trigger."""
    return rule == "renaming-object" and _UNSEEN.match(message.strip()) is not None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def program() -> str | None:
    """The squawk of this Python environment, else of PATH; None where there is none."""
    installed = Path(sysconfig.get_path("scripts")) / "squawk"
    return str(installed) if installed.is_file() else find("squawk")


def _failure(done: CompletedProgram) -> LintError | SettingsError:
    if "invalid rule name" in done.stderr:
        name = done.stderr.split("invalid rule name", 1)[1].split()[0]
        return SettingsError(
            f"[tool.supabase-tasks.lint] names a rule that neither we nor squawk know: {name}",
            next_step="correct it in pyproject.toml; the rules are listed by: inv migrations-lint --rules",
            data={"rule": name},
        )
    return LintError("squawk failed", cause=done.output[-2000:] or None, code="squawk-failed")
