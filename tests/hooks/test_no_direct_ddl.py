from pathlib import Path

import pytest

from supabase_tasks.hooks import no_direct_ddl
from supabase_tasks.hooks.main import run


def found(tmp_path: Path, name: str, text: str) -> list[tuple[int, str]]:
    path = tmp_path / name
    path.write_text(text)
    return [(item.line, item.what) for item in no_direct_ddl.look(path)]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("deploy.sh", "alembic -c prod.ini upgrade head"),
        ("ci.yml", "  run: uv run alembic upgrade head"),
        ("package.json", '  "db:push": "drizzle-kit push"'),
        ("package.json", '  "migrate": "npx drizzle-kit@0.31 migrate"'),
        ("ci.yml", "  - npx prisma migrate deploy"),
        ("deploy.sh", "npx prisma db push --accept-data-loss"),
        ("Dockerfile", 'CMD ["alembic", "upgrade", "head"]'),
        ("deploy.sh", 'psql "postgresql://postgres@db.abc.supabase.co/postgres" -f fix.sql'),
        ("deploy.sh", 'psql "$DATABASE_URL_PROD" < fix.sql'),
        ("deploy.sh", "supabase db reset --linked --yes"),
        ("deploy.sh", "npx supabase db push --db-url $DATABASE_URL_STAGING"),
        ("start.py", "SQLModel.metadata.create_all(engine)"),
        ("start.py", "command.upgrade(config, 'head')"),
        ("start.py", "subprocess.run(['alembic', 'upgrade', 'head'])"),
        ("start.py", "run('poetry run alembic upgrade head')"),
        ("start.py", "URL = os.environ['DATABASE_URL_PROD']; c.execute(text('drop table a'))"),
        ("start.py", "c.execute(f'alter table {name} add x int')  # db.abc.supabase.co"),
    ],
)
def test_a_direct_way_into_a_database_is_found(tmp_path: Path, name: str, line: str) -> None:
    assert [number for number, _ in found(tmp_path, name, f"\n{line}\n")] == [2]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("deploy.sh", "# alembic upgrade head"),
        ("ci.yml", "  # run: drizzle-kit push"),
        ("deploy.sh", "alembic revision --autogenerate"),
        ("package.json", '  "generate": "drizzle-kit generate"'),
        ("deploy.sh", "psql postgresql://postgres@127.0.0.1:54322/postgres -f seed.sql"),
        ("deploy.sh", 'psql "$DATABASE_URL_PROD"'),
        ("deploy.sh", "inv supabase-db-push-prod"),
        ("deploy.sh", "supabase db reset"),
        ("deploy.sh", "alembic upgrade head  # direct-ddl-ignore: the scratch database of the tests"),
        ("start.py", "'alembic upgrade head'"),
        ("start.py", "print('never run alembic upgrade head')"),
        ("start.py", "# SQLModel.metadata.create_all(engine)"),
        ("start.py", "c.execute('create table a (id int)')"),
        ("start.py", "c.execute(\"select 'drop table'\")  # db.abc.supabase.co"),
        ("start.py", "create_all()  # not the metadata's"),
        ("start.py", "this is no Python: create_all("),
    ],
)
def test_what_changes_nothing_hosted_is_not(tmp_path: Path, name: str, line: str) -> None:
    assert found(tmp_path, name, f"\n{line}\n") == []


def test_an_excuse_needs_a_reason_and_may_stand_above(tmp_path: Path) -> None:
    assert found(tmp_path, "a.sh", "# direct-ddl-ignore: scratch\nalembic upgrade head\n") == []
    assert found(tmp_path, "a.sh", "# direct-ddl-ignore:\nalembic upgrade head\n") != []


def test_a_file_that_is_no_text_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\xff\xfe alembic upgrade head")
    assert no_direct_ddl.look(tmp_path / "a.bin") == []


def test_the_hook_says_where_and_what_instead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "deploy.sh"
    path.write_text("alembic upgrade head\n")
    assert run(["no-direct-ddl", str(path)]) == 1
    shown = capsys.readouterr()
    assert f"{path}:1: alembic upgrade changes a database past the migrations" in shown.out
    assert "inv supabase-db-push-…" in shown.out and "fix: use the migrations" in shown.err
    path.write_text("inv supabase-db-push-staging\n")
    assert run(["no-direct-ddl", str(path)]) == 0
