from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import warm

from supabase_tasks import postgres, settings

pytestmark = pytest.mark.server

MODEL = (
    "from sqlmodel import Field, SQLModel\nfrom supabase_tasks.schema import Policy, RowLevelSecurity\n\n"
    "class {0}(SQLModel, table=True):\n    __tablename__ = '{1}'\n"
    "    __table_args__ = (Policy('all', using='true'),)\n"
    "    id: int = Field(primary_key=True)\n    owner: str = Field(foreign_key='auth.users.id')\n"
)


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from supabase_tasks.tasks.program import main; main()", *arguments]
    return warm.run(command, cwd=root)


def project(root: Path, *tables: str) -> Path:
    (root / "supabase").mkdir()
    (root / "supabase" / "config.toml").write_text('project_id = "drawn"\n')
    (root / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "drawn"\nmodels = "drawn_models"\n')
    for path in tables:
        file = root / "drawn_models" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / "__init__.py").touch()
        (root / "drawn_models" / "__init__.py").touch()
        file.write_text(MODEL.format(file.stem.title(), file.stem))
    return root


def test_it_draws_what_is_missing_and_check_notices_a_change(tmp_path: Path) -> None:
    root = project(tmp_path, "scenes.py", "plans.py")
    stale = run(root, "schema-diagram", "--check")
    assert (stale.returncode, "next: inv schema-diagram" in stale.stderr) == (1, True)
    assert "error: not drawn yet: schema.md, schema.html" in stale.stderr
    drawn = run(root, "schema-diagram", "--output", "a.svg", "--output", "a.md", "--output", "a.html", "--json")
    assert [Path(one["path"]).name for one in json.loads(drawn.stdout)["files"]] == ["a.svg", "a.md", "a.html"]
    assert run(root, "schema-diagram", "--check", "--output", "a.svg", "--output", "a.md").returncode == 0
    wanted = run(root, "schema-diagram", "--check", "--output", "a.svg", "--output", "b.md")
    assert (wanted.returncode, "error: not drawn yet: b.md" in wanted.stderr) == (1, True)
    # Of the two that are drawn by default a project may keep one.
    run(root, "schema-diagram", "--output", "docs/schema.md")
    kept = run(root, "schema-diagram", "--check")
    assert (kept.returncode, "schema.html" in kept.stdout + kept.stderr) == (0, False)
    (root / "drawn_models" / "plans.py").write_text(MODEL.format("Plans", "tariffs"))
    changed = run(root, "schema-diagram", "--check", "--output", "a.svg", "--output", "a.md")
    assert (changed.returncode, "2 of 2 drawings are stale: a.svg, a.md" in changed.stderr) == (1, True)


def test_tables_are_grouped_by_module_or_by_package(tmp_path: Path) -> None:
    root = project(tmp_path, "billing/plans.py", "billing/prices.py", "scene/scenes.py", "scene/tags.py")
    assert run(root, "schema-diagram", "--output", "a.md").returncode == 0
    text = (root / "a.md").read_text()
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Overview", "## billing", "## scene"]
    assert '"auth.users" ||--o{ "plans" : "owner"' in text


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    done = run(project(tmp_path, "scenes.py"), "schema-diagram", "--output", "a.png")
    assert (done.returncode, "cannot draw .png files" in done.stderr) == (1, True)


def test_a_diagram_shows_what_the_models_change_of_a_side(tmp_path: Path) -> None:
    root = project(tmp_path, "scenes.py", "plans.py")
    for file in (root / "drawn_models").glob("[ps]*.py"):
        file.write_text("from uuid import UUID\n" + file.read_text().replace("owner: str", "owner: UUID"))
    (root / "supabase" / "migrations").mkdir()
    (root / "supabase" / "migrations" / "0001_before.sql").write_text(
        "create table public.scenes (id int primary key, owner uuid not null references auth.users (id));\n"
        "alter table public.scenes enable row level security;\n"
        "create policy scenes_all on public.scenes using (true);\ncreate table public.old (id int primary key);\n"
        "create view public.seen as select id from public.scenes;\n"
        "create domain public.mail as text; create type public.pair as (a int, b int);\n"
        "create type public.span as range (subtype = int); create type public.mood as enum ('sad');\n"
        "create procedure public.tidy() language sql as 'select 1';\n"
        "create function public.add(a int, b int) returns int language sql immutable as 'select 1';\n"
        "create aggregate public.total(int) (sfunc = public.add, stype = int);\n"
        "create rule quiet as on delete to public.old do instead nothing; create index old_id on public.old (id);\n"
    )
    try:
        done = run(root, "schema-diagram", "--diff", "migrations")
        assert done.returncode == 0, done.stderr
        drawn = (root / "schema-diff.html").read_text()
        listed = run(root, "schema-diagram", "--diff", "migrations", "--output", "a.md")
        unknown = run(root, "schema-diagram", "--diff", "migratons", "--output", "b.md")
    finally:
        postgres.stop(settings.load(root))
    assert listed.returncode == 0, listed.stderr
    found = re.findall(r'<article class="card (\w*)" id="([^"]+)"', drawn)
    assert ("new", "public.plans") in found and ("gone", "public.old") in found
    assert ("changed", "public.scenes") in found and ("gone", "view-public.seen") in found
    others = ("aggregate", "domain", "enum", "function", "procedure", "composite", "range")
    assert {name.split("-")[0] for change, name in found if change == "gone"} == {"public.old", "view", *others}
    assert "CREATE RULE quiet" in re.sub(r"<[^>]+>", "", drawn) and "old_id" in drawn
    assert "- new: `public.plans`" in (root / "a.md").read_text()
    assert (unknown.returncode, (root / "b.md").exists()) == (1, False)
    both = run(root, "schema-diagram", "--diff", "migrations", "--check")
    assert (both.returncode, "next: inv schema-diagram --check" in both.stderr) == (1, True)
