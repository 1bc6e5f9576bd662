"""What was known when a team began to lint: `supabase/lint-baseline.json`, which `migrations-lint --baseline` writes.

Migrations that were applied are not edited any more, so their findings stay. They are counted by file and rule: as many as
were known are not reported again, and one more in the same file reports all of them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from supabase_tasks.errors import LintError
from supabase_tasks.lint.finding import Finding
from supabase_tasks.settings import Settings

NAME = "lint-baseline.json"
Known = Mapping[tuple[str, str], int]


def path(settings: Settings) -> Path:
    return settings.supabase / NAME


def read(settings: Settings) -> Known:
    """How many findings are known, by file name and rule; empty without the file. Raises `LintError` for one that is broken."""
    file = path(settings)
    try:
        files = json.loads(file.read_text(encoding="utf-8"))
        return {(name, rule): int(number) for name, rules in files.items() for rule, number in rules.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise LintError(
            f"{file} cannot be read as a baseline of the linter",
            cause=str(error),
            next_step="inv migrations-lint --baseline",
            code="lint-baseline",
        ) from error


def write(settings: Settings, findings: Sequence[Finding]) -> Path:
    """Make `findings` the known ones, whatever was known before, and return the file. Raises `TaskError` when it cannot be
    written."""
    from supabase_tasks.files import write_atomic

    files: dict[str, dict[str, int]] = {}
    for (name, rule), number in sorted(_count(findings).items()):
        files.setdefault(name, {})[rule] = number
    write_atomic(path(settings), json.dumps(files, indent=2) + "\n")
    return path(settings)


def unknown(findings: Sequence[Finding], known: Known) -> list[Finding]:
    """The findings that are not known, in their order."""
    numbers = _count(findings)
    return [finding for finding in findings if numbers[_key(finding)] > known.get(_key(finding), 0)]


def _count(findings: Sequence[Finding]) -> Counter[tuple[str, str]]:
    return Counter(map(_key, findings))


def _key(finding: Finding) -> tuple[str, str]:
    return (finding.path.name, finding.rule)
