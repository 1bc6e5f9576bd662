import json
from dataclasses import replace
from pathlib import Path

import pytest

from supabase_tasks.lint.finding import Finding
from supabase_tasks.lint.formats import FORMATS

ROOT = Path("/project")
OWN = Finding(
    "rls-disabled", "error", ROOT / "supabase/migrations/0001_a.sql", 3, 5, "table a, open: 100%", "secure it"
)
SQUAWK = Finding("ban-drop-column", "warning", ROOT / "supabase/migrations/0002_b.sql", 1, 1, "dropped", "", "squawk")


def render(name: str, *findings: Finding) -> str:
    return FORMATS[name](findings, ROOT)


def test_text_reads_like_a_compilers_output_from_where_the_person_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    below = replace(OWN, path=tmp_path / "supabase/migrations/0001_a.sql")
    assert render("text", below, SQUAWK) == (
        "supabase/migrations/0001_a.sql:3:5: error: table a, open: 100% [rls-disabled]\n    secure it\n"
        "/project/supabase/migrations/0002_b.sql:1:1: warning: dropped [ban-drop-column]"
    )


def test_github_annotations_escape_what_would_end_them() -> None:
    assert render("github", OWN) == (
        "::error file=supabase/migrations/0001_a.sql,line=3,col=5,title=rls-disabled::table a, open: 100%25: secure it"
    )


def test_gitlab_code_quality_has_a_fingerprint_that_survives_moved_lines() -> None:
    (entry,) = json.loads(render("gitlab", OWN))
    assert entry["location"] == {"path": "supabase/migrations/0001_a.sql", "lines": {"begin": 3}}
    assert (entry["severity"], entry["check_name"]) == ("major", "rls-disabled")
    moved = Finding(OWN.rule, OWN.level, OWN.path, 9, 9, OWN.message, OWN.advice)
    assert json.loads(render("gitlab", moved))[0]["fingerprint"] == entry["fingerprint"]


def test_sarif_has_one_run_for_each_tool() -> None:
    log = json.loads(render("sarif", OWN, SQUAWK))
    assert log["version"] == "2.1.0"
    assert [run["tool"]["driver"]["name"] for run in log["runs"]] == ["supabase-tasks", "squawk"]
    (result,) = log["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 5}
    assert result["ruleId"] in {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}


def test_nothing_found_is_valid_in_every_format() -> None:
    assert (render("text"), render("github")) == ("", "")
    assert json.loads(render("gitlab")) == []
    assert [run["results"] for run in json.loads(render("sarif"))["runs"]] == [[], []]
