"""Findings that the head of a generated migration says, and what a file takes away for a moment."""

import shutil
from pathlib import Path

import pytest

from supabase_tasks import migration_head
from supabase_tasks.lint import squawk
from supabase_tasks.lint.finding import Finding
from supabase_tasks.lint.passing_changes import passing_findings
from supabase_tasks.lint.said_hazards import SaidHazards
from supabase_tasks.lint.source import Source
from supabase_tasks.lint.statements import ParsedFile, parse

GOLDEN = Path(__file__).parents[1] / "diff" / "scenarios"
DROP = "alter table public.t drop column a;"
LOSS = migration_head.hazard_line("data-loss", "column public.t.a is dropped with its values")
INDEX = "create index on public.t (a);"
SCAN = migration_head.hazard_line("lock", "SHARE on public.t while every row is read")
# A head, a statement, squawk's rule, and whether the head says it.
CASES = {
    "a loss that was allowed": (LOSS, DROP, "ban-drop-column", True),
    "no head": ("", DROP, "ban-drop-column", False),
    "a comment of a person": ("-- data loss: column public.t.a", DROP, "ban-drop-column", False),
    "another relation": (LOSS.replace(".t.", ".u."), DROP, "ban-drop-column", False),
    "another hazard": (SCAN, DROP, "ban-drop-column", False),
    "a lock that lasts": (SCAN, INDEX, "require-concurrent-index-creation", True),
    "a lock for a moment is no reason for one that lasts": (
        migration_head.hazard_line("lock", "ACCESS EXCLUSIVE on public.t briefly"),
        INDEX,
        "require-concurrent-index-creation",
        False,
    ),
    "a quoted name": (LOSS.replace("t.a", '"T x".a'), DROP.replace("t drop", '"T x" drop'), "ban-drop-column", True),
    "a rule that no hazard is of": (LOSS, DROP, "ban-truncate-cascade", False),
}


def parsed(text: str) -> ParsedFile:
    return parse(Source(Path("0001_a.sql"), text))


@pytest.mark.parametrize("name", CASES)
def test_the_head_says_a_finding(name: str) -> None:
    head, statement, rule, said = CASES[name]
    found = Finding(rule, "warning", Path("0001_a.sql"), 3, 1, "", "")
    assert SaidHazards(parsed(f"-- ~1 table\n{head}\n{statement}\n")).cover(found) is said


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (
            "alter table t alter a drop default; alter table t alter a type int, alter a set default 3;",
            ["ban-drop-default"],
        ),
        ("alter table t add column a int default 1; alter table t alter a drop default;", ["ban-drop-default"]),
        ("alter table t alter a drop default; alter table t alter b set default 3;", []),
        ("alter type s.e rename to e_old; create type s.e as enum ('a');", ["renaming-object"]),
        ("alter table s.b rename to c; alter table s.a rename to b; alter table s.c rename to a;", ["renaming-table"]),
        ("alter table s.a rename to b; alter table s.c rename to d;", []),
        ("alter table s.t rename b to c; alter table s.t rename a to b;", ["renaming-column"]),
        ("alter domain s.e rename to f; create type e as enum ('a');", []),
        ("drop index s.i; create index i on s.t (a);", ["require-concurrent-index-deletion"]),
        ("drop index s.i, s.j; create index i on s.t (a);", []),
    ],
)
def test_what_comes_back_in_the_same_file_passes(text: str, rules: list[str]) -> None:
    assert sorted({rule for rule, _ in passing_findings(parsed(text).statements)}) == rules


def test_what_schema_generate_writes_is_clean_of_what_its_head_says(tmp_path: Path) -> None:
    """Over all migrations that the scenarios expect."""
    files = [
        Path(shutil.copy(one, tmp_path / f"{one.parent.name}.sql")) for one in sorted(GOLDEN.glob("*/expected.sql"))
    ]
    written = {path: parse(Source(path, path.read_text())) for path in files if path.read_text().strip()}
    heads = {path: SaidHazards(one) for path, one in written.items()}
    passing = {path: passing_findings(one.statements) for path, one in written.items()}
    found = list(squawk.check(list(written), root=tmp_path, major=17, settings={}, extra=()))
    left = {
        one.rule for one in found if not heads[one.path].cover(one) and (one.rule, one.line) not in passing[one.path]
    }
    asked = {one.rule for one in found}
    said = {
        "adding-foreign-key-constraint",
        "adding-serial-primary-key-field",
        "ban-drop-column",
        "constraint-missing-not-valid",
        "disallowed-unique-constraint",
        "renaming-column",
        "renaming-table",
        "require-concurrent-partition-detach",
    }
    assert (said - asked, said & left) == (set(), set())
