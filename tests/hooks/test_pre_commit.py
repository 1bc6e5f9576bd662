"""Our hooks in real repositories, run by the real pre-commit."""

import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.server

PACKAGE = Path(__file__).parents[2]
CONFIG = """\
repos:
  - repo: {url}
    rev: {rev}
    hooks:
      - id: migrations-check
      - id: migrations-lint
      - id: no-direct-ddl
"""


def configure(repository, manifest: Path) -> None:
    rev = subprocess.run(["git", "rev-parse", "HEAD"], cwd=manifest, capture_output=True, text=True, check=True).stdout
    repository.write(".pre-commit-config.yaml", CONFIG.format(url=manifest, rev=rev.strip()))
    assert repository.pre_commit("install").returncode == 0


def test_a_good_migration_is_committed(repository, manifest: Path) -> None:
    configure(repository, manifest)
    repository.write("supabase/migrations/0001_second.sql", "set lock_timeout = '5s';\nselect 1;\n")
    done = repository.commit()
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr.count("Passed") == 3 or "migrations are safe to run" in done.stderr


def test_an_edited_and_a_deleted_migration_stop_the_commit(repository, manifest: Path) -> None:
    configure(repository, manifest)
    repository.write("supabase/migrations/0000_first.sql", "select 1;\n")
    done = repository.commit()
    assert done.returncode == 1 and "was edited" in done.stderr
    (repository.migrations / "0000_first.sql").unlink()
    repository.write("README.md", "unrelated\n")
    done = repository.commit()
    assert done.returncode == 1 and "was deleted" in done.stderr


def test_only_a_deletion_is_seen_too(repository, manifest: Path) -> None:
    configure(repository, manifest)
    repository.git("add", "-A")
    repository.git("commit", "-q", "--no-verify", "-m", "hooks")
    repository.git("rm", "-q", "supabase/migrations/0000_first.sql")
    done = repository.commit()
    assert done.returncode == 1 and "was deleted" in done.stderr


def test_a_migration_without_row_level_security_and_a_script_that_upgrades_stop_it(repository, manifest: Path) -> None:
    configure(repository, manifest)
    repository.write("supabase/migrations/0001_second.sql", "create table public.a (id bigint primary key);\n")
    repository.write("deploy.sh", "alembic upgrade head\n")
    done = repository.commit()
    assert done.returncode == 1
    assert "[rls-disabled]" in done.stderr and "deploy.sh:1: alembic upgrade" in done.stderr


def test_run_all_files_finds_what_a_commit_passed_by(repository, manifest: Path) -> None:
    configure(repository, manifest)
    repository.write("supabase/migrations/0001_second.sql", "truncate public.a;\n")
    repository.git("add", "-A")
    repository.git("commit", "-q", "--no-verify", "-m", "past the hooks")
    done = repository.pre_commit("run", "--all-files")
    assert done.returncode == 1 and "[truncate-table]" in done.stdout


def test_the_manifest_and_our_own_configuration_are_valid() -> None:
    for command in ("validate-manifest", "validate-config"):
        file = ".pre-commit-hooks.yaml" if command == "validate-manifest" else ".pre-commit-config.yaml"
        done = subprocess.run(["pre-commit", command, file], cwd=PACKAGE, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_try_repo_installs_the_package_and_runs_the_hooks(repository, tmp_path: Path) -> None:
    """The real thing: pre-commit clones this repository, builds an environment for it and runs its hooks there."""
    repository.write("supabase/migrations/0001_second.sql", "create table public.a (id bigint primary key);\n")
    repository.git("add", "-A")
    # All hooks in one run: each run builds an environment of its own.
    done = repository.pre_commit("try-repo", str(PACKAGE), "--ref", "HEAD", "--verbose")
    assert done.returncode == 1, done.stdout + done.stderr
    hooks = outcomes(done.stdout)
    assert hooks["migrations-check"][0] == "Passed", done.stdout + done.stderr
    assert hooks["migrations-lint"][0] == "Failed" and "[rls-disabled]" in hooks["migrations-lint"][1]


def outcomes(output: str) -> dict[str, tuple[str, str]]:
    """How each hook ended, and what it said."""
    first, *told = output.split("- hook id: ")
    ends = [text.rstrip().rpartition(".")[2] for text in (first, *told[:-1])]
    return {text.partition("\n")[0]: (end, text) for text, end in zip(told, ends, strict=True)}
