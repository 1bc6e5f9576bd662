"""The findings in the forms that people and CI systems read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from supabase_tasks import console, visible
from supabase_tasks.files import digest, from_here
from supabase_tasks.lint.finding import Finding, page, shown_path
from supabase_tasks.version import VERSION

Render = Callable[[Sequence[Finding], Path], str]


def text(findings: Sequence[Finding], root: Path) -> str:
    """`file:line:column: level: message [rule]` and the advice below it, as compilers write."""
    lines: list[str] = []
    for finding in findings:
        where = f"{from_here(finding.path)}:{finding.line}:{finding.column}"
        lines.append(visible.line(f"{where}: {finding.level}: {finding.message} [{finding.rule}]"))
        if finding.advice:
            lines += [f"    {line}" for line in visible.text(finding.advice).split("\n")]
    return "\n".join(lines)


def github(findings: Sequence[Finding], root: Path) -> str:
    """Workflow commands that GitHub shows as annotations (GitHub documentation, "Workflow commands")."""
    return "\n".join(
        f"::{finding.level} file={_property(shown_path(finding.path, root))},line={finding.line},col={finding.column},"
        f"title={_property(finding.rule)}::{_data(_sentence(finding))}"
        for finding in findings
    )


def _data(value: str) -> str:
    # The runner decodes these three; the rest is made visible, as everywhere.
    return visible.text(value.replace("\r\n", "\n")).replace("%", "%25").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(visible.line(value)).replace(":", "%3A").replace(",", "%2C")


def _sentence(finding: Finding) -> str:
    message = visible.line(finding.message)
    return f"{message}: {finding.advice}" if finding.advice else message


def gitlab(findings: Sequence[Finding], root: Path) -> str:
    """A GitLab Code Quality report (GitLab documentation, "Code Quality report format")."""
    severities = {"error": "major", "warning": "minor"}
    entries = [
        {
            "description": _sentence(finding),
            "check_name": finding.rule,
            "fingerprint": fingerprint(finding, root),
            "severity": severities[finding.level],
            "location": {"path": shown_path(finding.path, root), "lines": {"begin": finding.line}},
        }
        for finding in findings
    ]
    return console.document(entries)


# Lines move; what is said about which file does not.
def fingerprint(finding: Finding, root: Path) -> str:
    """A stable identity of a finding, the same before and after lines were added above it."""
    return digest(finding.rule, *map(visible.line, (shown_path(finding.path, root), finding.message)))[:40]


def sarif(findings: Sequence[Finding], root: Path) -> str:
    """A SARIF 2.1.0 log (OASIS), as GitHub code scanning and others read it."""
    runs = [_run(tool, [item for item in findings if item.tool == tool], root) for tool in ("supabase-tasks", "squawk")]
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": runs,
    }
    return console.document(document)


# SARIF is nested JSON of mixed types.
def _run(tool: str, findings: Sequence[Finding], root: Path) -> Mapping[str, Any]:
    rules = {finding.rule: finding for finding in findings}
    driver = {
        "name": tool,
        **({"version": VERSION} if tool == "supabase-tasks" else {}),
        "rules": [{"id": name, "help": {"text": page(finding)}} for name, finding in sorted(rules.items())],
    }
    return {"tool": {"driver": driver}, "results": [_result(finding, root) for finding in findings]}


def _result(finding: Finding, root: Path) -> Mapping[str, Any]:
    return {
        "ruleId": finding.rule,
        "level": finding.level,
        "message": {"text": _sentence(finding)},
        "partialFingerprints": {"supabaseTasks/v1": fingerprint(finding, root)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": shown_path(finding.path, root)},
                    "region": {"startLine": finding.line, "startColumn": finding.column},
                }
            }
        ],
    }


FORMATS: Mapping[str, Render] = {"text": text, "github": github, "gitlab": gitlab, "sarif": sarif}
