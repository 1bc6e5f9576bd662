"""A stale yes is a failure of the project: each thing that the answer rests on is changed, once."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.waiting import until_older

from supabase_tasks import installed, memo
from supabase_tasks.files import digest
from supabase_tasks.memo import fingerprints, record
from supabase_tasks.settings import Settings


def is_fresh(project: Settings) -> bool:
    return memo.begin(project).is_fresh()


def only_record(project: Settings) -> Path:
    (path,) = record.folder(project).iterdir()
    return path


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Move this process's clock; the file system's stays."""
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + int(seconds * 1e9))


def test_nothing_is_remembered_at_first(project: Settings) -> None:
    assert not is_fresh(project)


def test_an_unchanged_project_agrees(project: Settings, remember: Callable[..., str | None]) -> None:
    assert remember() is None
    assert is_fresh(project)


def test_a_project_without_models_is_never_remembered(project: Settings) -> None:
    bare = replace(project, models=None)
    known = memo.begin(bare)
    assert known.remember(files=(), environment=(), migrations={}) is not None
    assert not known.is_fresh()


CHANGED = [
    "app/models/thing.py",
    "app/shared.py",
    "app/sql/view.sql",
    "supabase/config.toml",
    "supabase/migrations/0000_a.sql",
    "supabase/migrations/0001_b.sql",
]


@pytest.mark.parametrize("name", CHANGED)
@pytest.mark.parametrize("trusted", [False, True], ids=["young", "trusted-times"])
def test_a_changed_file_of_the_same_size_is_noticed(
    project: Settings,
    remember: Callable[..., str | None],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    trusted: bool,
) -> None:
    monkeypatch.setattr(fingerprints, "COARSE_NS", -10_000_000_000 if trusted else fingerprints.COARSE_NS)
    assert remember() is None
    assert is_fresh(project)
    path = project.root / name
    path.write_text(path.read_text()[:-1] + "#")
    assert not is_fresh(project)


@pytest.mark.parametrize("name", CHANGED)
def test_a_removed_file_is_noticed(project: Settings, remember: Callable[..., str | None], name: str) -> None:
    assert remember() is None
    (project.root / name).unlink()
    assert not is_fresh(project)


@pytest.mark.parametrize(
    "name",
    [
        "app/models/extra.py",
        "app/models/data.json",
        "app/extra.py",
        "sqlmodel.py",
        "app/models/sub/__init__.py",
        "app/sql/second.sql",
        "app/sql/deep/third.sql",
        "supabase/migrations/0002_c.sql",
        "supabase/roles.sql",
        ".env.development",
        "src/app/models/__init__.py",
    ],
)
def test_a_new_file_is_noticed(project: Settings, remember: Callable[..., str | None], name: str) -> None:
    assert remember() is None
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# new")
    assert not is_fresh(project)


def test_bytecode_and_hidden_files_change_nothing(project: Settings, remember: Callable[..., str | None]) -> None:
    assert remember() is None
    (project.root / "app/models/__pycache__").mkdir()
    (project.root / "app/models/__pycache__/thing.pyc").write_bytes(b"")
    (project.root / "app/models/.thing.py.swp").write_bytes(b"")
    (project.root / "README.md").write_text("read me")
    assert is_fresh(project)


def test_a_file_that_was_looked_for_in_vain_is_noticed_when_it_comes(
    project: Settings, remember: Callable[..., str | None]
) -> None:
    wanted = project.root / "elsewhere" / "tables.json"
    assert remember(files=[project.root / "app/shared.py", wanted]) is None
    assert is_fresh(project)
    wanted.parent.mkdir()
    wanted.write_text("[]")
    assert not is_fresh(project)


def test_a_folder_the_models_listed_is_noticed(project: Settings, remember: Callable[..., str | None]) -> None:
    folder = project.root / "data"
    folder.mkdir()
    until_older(folder, nanoseconds=2 * fingerprints.TICK_NS)
    assert remember(files=[folder]) is None
    assert is_fresh(project)
    (folder / "more.csv").write_text("")
    assert not is_fresh(project)


@pytest.mark.parametrize("value", ["other", None, ""])
def test_a_variable_read_at_import_is_noticed(
    project: Settings, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.setenv("SCHEMA_NAME", "first")
    assert remember(environment=["SCHEMA_NAME"]) is None
    assert is_fresh(project)
    monkeypatch.setenv("SCHEMA_NAME", value) if value is not None else monkeypatch.delenv("SCHEMA_NAME")
    assert not is_fresh(project)


def test_a_variable_that_was_unset_is_noticed(
    project: Settings, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remember(environment=["SCHEMA_NAME"]) is None
    monkeypatch.setenv("SCHEMA_NAME", "")
    assert not is_fresh(project)


def test_variables_set_by_the_import_do_not_count(project: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    known = memo.begin(project)
    known.is_fresh()
    monkeypatch.setenv("FROM_ENV_FILE", "loaded")
    assert known.remember(files=(), environment=["FROM_ENV_FILE"], migrations=_digests(project)) is None
    monkeypatch.delenv("FROM_ENV_FILE")
    assert is_fresh(project)


def test_models_that_read_the_whole_environment_miss_on_any_change_of_it(
    project: Settings, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remember(environment=["*"]) is None
    assert is_fresh(project)
    monkeypatch.setenv("ANYTHING", "1")
    assert not is_fresh(project)


def test_no_value_of_a_variable_is_in_the_file(
    project: Settings, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB_PASSWORD", "hunter2")
    assert remember(environment=["DB_PASSWORD"]) is None
    assert b"hunter2" not in only_record(project).read_bytes()
    assert only_record(project).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "change",
    [
        {"exposed_schemas": ("public", "api")},
        {"ignore": ("public.x",)},
        {"baseline": ("0000_a.sql",)},
        {"cli": "2.0.0"},
    ],
    ids=str,
)
def test_a_changed_setting_is_noticed(
    project: Settings, remember: Callable[..., str | None], change: dict[str, object]
) -> None:
    assert remember() is None
    assert not is_fresh(replace(project, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["version", "executable", "prefix"])
def test_another_interpreter_is_noticed(
    project: Settings, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert remember() is None
    monkeypatch.setattr(sys, name, getattr(sys, name) + "-other")
    assert not is_fresh(project)


def test_an_installed_upgraded_or_reinstalled_library_is_noticed(
    project: Settings, tmp_path: Path, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site-packages"
    mark = site / "lib-1.0.dist-info"
    mark.mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(site)])
    assert remember() is None
    assert is_fresh(project)
    os.utime(mark, (1, 1))
    assert not is_fresh(project), "reinstalled"
    assert remember() is None
    mark.rename(site / "lib-1.1.dist-info")
    assert not is_fresh(project), "upgraded"
    assert remember() is None
    (site / "other.pth").write_text("/elsewhere")
    assert not is_fresh(project), "installed"


def test_a_change_of_the_plugin_or_its_bootstrap_is_noticed(
    project: Settings, tmp_path: Path, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "supabase_tasks"
    bootstrap = package / "postgres" / "bootstrap" / "roles.sql"
    bootstrap.parent.mkdir(parents=True)
    bootstrap.write_text("create role anon;")
    monkeypatch.setattr(installed, "PACKAGE", str(package))
    assert remember() is None
    assert is_fresh(project)
    bootstrap.write_text("create role anom;")
    assert not is_fresh(project)


def test_another_folder_is_another_question(
    project: Settings, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remember() is None
    monkeypatch.chdir(project.root / "app")
    assert not is_fresh(project)


def test_a_clock_that_went_backwards_is_a_miss(
    project: Settings, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remember() is None
    later(monkeypatch, -3600)
    assert not is_fresh(project)


def test_a_clock_set_during_the_run_is_not_trusted(project: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    known = memo.begin(project)
    later(monkeypatch, -3600)
    reason = known.remember(files=(), environment=(), migrations=_digests(project))
    assert reason == "the clock was set during the run"
    assert not is_fresh(project)


@pytest.mark.parametrize("name", ["app/shared.py", "app/models/thing.py", "app/sql/view.sql", "supabase/config.toml"])
def test_a_file_edited_during_the_comparison_is_not_remembered(project: Settings, name: str) -> None:
    known = memo.begin(project)
    known.is_fresh()
    (project.root / name).write_text("# edited meanwhile")
    files = [project.root / "app/shared.py", project.root / "app/models/thing.py"]
    assert "changed during the run" in (known.remember(files=files, environment=(), migrations=_digests(project)) or "")


@pytest.mark.parametrize("name", ["app/shared.py", "app/models/thing.py", "data.json"])
def test_a_file_removed_during_the_comparison_is_not_remembered(project: Settings, name: str) -> None:
    path = project.root / name
    path.write_text("{}")
    until_older(path, nanoseconds=2 * fingerprints.TICK_NS)
    known = memo.begin(project)
    known.is_fresh()
    path.unlink()
    assert known.remember(files=[path], environment=(), migrations=_digests(project)) is not None


def test_a_module_that_came_during_the_comparison_is_not_remembered(project: Settings) -> None:
    known = memo.begin(project)
    known.is_fresh()
    (project.root / "app/models/extra.py").write_text("")
    assert known.remember(files=(), environment=(), migrations=_digests(project)) is not None


def test_bytecode_written_by_the_import_does_not_hinder(project: Settings) -> None:
    known = memo.begin(project)
    known.is_fresh()
    (project.root / "app/models/__pycache__").mkdir()
    files = [project.root / "app/models/thing.py"]
    assert known.remember(files=files, environment=(), migrations=_digests(project)) is None
    assert is_fresh(project)


def test_a_migration_edited_since_its_replay_is_not_remembered(project: Settings) -> None:
    known = memo.begin(project)
    known.is_fresh()
    replayed = _digests(project)
    (project.migrations / "0001_b.sql").write_text("create table other ();")
    assert known.remember(files=(), environment=(), migrations=replayed) is not None


def test_a_migration_that_came_after_the_replay_is_not_remembered(project: Settings) -> None:
    known = memo.begin(project)
    known.is_fresh()
    replayed = _digests(project)
    (project.migrations / "0002_c.sql").write_text("create table c ();")
    assert known.remember(files=(), environment=(), migrations=replayed) is not None


def test_a_migration_written_by_the_run_itself_is_remembered(project: Settings) -> None:
    known = memo.begin(project)
    known.is_fresh()
    (project.migrations / "0002_c.sql").write_text("create table c ();")
    assert known.remember(files=(), environment=(), migrations=_digests(project)) is None
    assert is_fresh(project)


@pytest.mark.parametrize("keep", [0, 10, 100, -1])
def test_a_truncated_record_is_a_miss(project: Settings, remember: Callable[..., str | None], keep: int) -> None:
    assert remember() is None
    path = only_record(project)
    path.write_bytes(path.read_bytes()[:keep])
    assert not is_fresh(project)
    assert remember() is None
    assert is_fresh(project)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.replace(b"memo 1", b"memo 2", 1),
        lambda data: data.replace(b"file\t", b"fire\t", 1),
        lambda data: b"\xff\x00" + data,
        lambda data: data + b"\n",
    ],
    ids=["another-version", "a-flipped-word", "binary", "a-line-more"],
)
def test_a_foreign_or_damaged_record_is_a_miss(
    project: Settings, remember: Callable[..., str | None], damage: Callable[[bytes], bytes]
) -> None:
    assert remember() is None
    path = only_record(project)
    path.write_bytes(damage(path.read_bytes()))
    assert not is_fresh(project)


def test_a_record_that_is_a_folder_is_a_miss(project: Settings, remember: Callable[..., str | None]) -> None:
    assert remember() is None
    path = only_record(project)
    path.unlink()
    path.mkdir()
    assert not is_fresh(project)
    assert remember() is not None


def test_forget_forgets(project: Settings, remember: Callable[..., str | None]) -> None:
    memo.forget(project)
    assert remember() is None
    memo.forget(project)
    assert not is_fresh(project)


def test_young_fingerprints_are_trusted_by_their_times_once_they_are_old(
    project: Settings, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remember() is None
    young = record.read(only_record(project))
    assert young is not None
    assert any(
        fingerprint.signature == fingerprints.UNTRUSTED
        for fingerprint in young.fingerprints
        if fingerprint.content != fingerprints.ABSENT
    )
    later(monkeypatch, 5)
    assert is_fresh(project)
    old = record.read(only_record(project))
    assert old is not None
    assert all(
        fingerprint.signature != fingerprints.UNTRUSTED
        for fingerprint in old.fingerprints
        if fingerprint.content != fingerprints.ABSENT
    )
    monkeypatch.setattr(fingerprints, "_content", _never_read)
    assert is_fresh(project), "a stat for each is enough now"


def test_a_touched_file_is_read_once(
    project: Settings, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprints, "COARSE_NS", -10_000_000_000)
    assert remember() is None
    (project.root / "app/shared.py").touch()
    assert is_fresh(project)
    monkeypatch.setattr(fingerprints, "_content", _never_read)
    assert is_fresh(project)


def test_another_server_program_is_noticed(
    project: Settings, tmp_path: Path, remember: Callable[..., str | None]
) -> None:
    program = tmp_path / "bin" / "postgres"
    program.parent.mkdir()
    program.write_bytes(b"17.1")
    assert remember(programs=[program]) is None
    assert is_fresh(project)
    program.write_bytes(b"17.2")
    assert not is_fresh(project)


def test_only_the_newest_records_are_kept(project: Settings, remember: Callable[..., str | None]) -> None:
    where = record.folder(project)
    where.mkdir(parents=True)
    for number in range(20):
        (where / f"old-{number}").write_text("")
        os.utime(where / f"old-{number}", (number, number))
    assert remember() is None
    assert len(list(where.iterdir())) == 8
    assert is_fresh(project)


def test_two_at_once_leave_a_whole_record(project: Settings, remember: Callable[..., str | None]) -> None:
    results: list[str | None] = []
    threads = [threading.Thread(target=lambda: results.append(remember())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [None] * 8
    assert is_fresh(project)
    assert [path.name for path in record.folder(project).iterdir() if path.name.startswith(".")] == []


def test_a_check_that_agrees_imports_nothing_heavy(project: Settings, remember: Callable[..., str | None]) -> None:
    assert remember() is None
    from supabase_tasks.process import run

    code = (
        "import sys; from supabase_tasks import installed, memo, settings;"
        f"installed.PACKAGE = {installed.PACKAGE!r};"
        "ok = memo.begin(settings.load()).is_fresh();"
        "heavy = {'sqlmodel','sqlalchemy','pydantic','alembic','psycopg','sh','rich','dotenv','subprocess'};"
        "print(ok, sorted(heavy & set(sys.modules)))"
    )
    first = run([sys.executable, "-c", code], cwd=project.root, env=dict(os.environ))
    assert first.stdout.strip() == "True []"


def test_after_a_miss_the_digests_of_what_is_as_it_was_are_known_and_of_nothing_else(
    project: Settings, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Fingerprints are trusted by their times at once, as they are for files older than two seconds.
    monkeypatch.setattr(fingerprints, "COARSE_NS", -10_000_000_000)
    assert remember() is None
    edited, kept = project.migrations / "0001_b.sql", project.migrations / "0000_a.sql"
    edited.write_text(edited.read_text()[:-1] + "#")
    known = memo.begin(project)
    assert not known.is_fresh()
    digests = known.digests()
    assert str(edited) not in digests
    assert digests[str(kept)] == digest(kept.read_bytes())
    assert not {path for path, content in digests.items() if digest(Path(path).read_bytes()) != content}


def test_a_file_whose_times_are_too_young_is_not_known_without_reading_it(
    project: Settings, remember: Callable[..., str | None]
) -> None:
    assert remember() is None
    (project.migrations / "0001_b.sql").write_text("create table c ();")
    known = memo.begin(project)
    assert not known.is_fresh()
    assert not known.digests()


def test_a_record_of_the_future_tells_no_digests(
    project: Settings, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprints, "COARSE_NS", -10_000_000_000)
    assert remember() is None
    later(monkeypatch, -60)
    known = memo.begin(project)
    assert not known.is_fresh()
    assert not known.digests()


@pytest.mark.parametrize("name", ["app/shared.py", "supabase/migrations/0000_a.sql"])
def test_what_is_known_from_the_last_agreement_and_edited_during_the_comparison_is_not_remembered(
    project: Settings, remember: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(fingerprints, "COARSE_NS", -10_000_000_000)
    assert remember() is None
    (project.migrations / "0002_c.sql").write_text("select 1;")
    before = _digests(project)
    known = memo.begin(project)
    assert not known.is_fresh()
    path = project.root / name
    path.write_text(path.read_text()[:-1] + "#")
    assert known.remember(files=[project.root / "app/shared.py"], environment=(), migrations=before) is not None
    assert not is_fresh(project)


def _digests(project: Settings) -> dict[Path, str]:
    return {path: digest(path.read_bytes()) for path in project.migrations.glob("*.sql")}


def _never_read(kind: str, path: str) -> str:
    raise AssertionError(f"{path} was read")
