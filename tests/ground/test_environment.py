from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from supabase_tasks import environment, settings
from supabase_tasks.errors import EnvironmentMissingError, SettingsError
from supabase_tasks.redaction import MASK, redact

SECRET = "SUPABASE_DB_PASSWORD_STAGING"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (SECRET, "PLAIN", "OTHER", "DATABASE_URL_STAGING"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nenv_files = [".env.development", ".env.local"]\n')
    return tmp_path


def load(root: Path) -> environment.Environment:
    return environment.load(settings.load(root))


def test_the_process_wins_over_files_and_a_later_file_over_an_earlier_one(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / ".env.development").write_text("PLAIN=first\nOTHER=first\n")
    (project / ".env.local").write_text("PLAIN=second\nOTHER=second\n")
    monkeypatch.setenv("OTHER", "process")
    loaded = load(project)
    assert (loaded.get("PLAIN"), loaded.get("OTHER")) == ("second", "process")
    assert loaded.variables["PLAIN"].file == project / ".env.local"
    assert loaded.variables["OTHER"].file is None


def test_interpolation(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTHER", "world")
    (project / ".env.development").write_text("BASE=hello\nPLAIN=${BASE} ${OTHER} ${UNSET_ANYWHERE:-default}\n")
    assert load(project).get("PLAIN") == "hello world default"


def test_an_empty_value_is_no_value(project: Path) -> None:
    (project / ".env.development").write_text("PLAIN=\n")
    assert load(project).get("PLAIN") is None


def test_all_missing_variables_are_named_at_once_with_the_places_looked_at(project: Path) -> None:
    (project / ".env.development").write_text("A=1\n")
    with pytest.raises(EnvironmentMissingError) as caught:
        load(project).require(["PLAIN", "OTHER"], "the target staging")
    error = caught.value
    assert error.message == "the target staging needs PLAIN and OTHER"
    assert error.data["missing"] == ["PLAIN", "OTHER"]
    assert ".env.local (no such file)" in (error.cause or "")
    assert (error.next_step or "").startswith("set PLAIN and OTHER in ")


def test_a_variable_that_is_almost_called_so_is_pointed_at(project: Path) -> None:
    """Not another target's, and never its value."""
    wanted = ["SUPABASE_DB_PASSWORD_STAGING", "SUPABASE_PROJECT_REF_PROD"]
    (project / ".env.development").write_text(
        "SUPABASE_DB_PASSWORD_STGING=hunter2hunter2\nSUPABASE_PROJECT_REF_STAGING=abcdefghijklmnopqrst\n"
    )
    with pytest.raises(EnvironmentMissingError) as caught:
        load(project).require(wanted, "the target staging")
    said = (caught.value.cause or "").splitlines()[1:]
    place = project / ".env.development"
    assert said == [f"SUPABASE_DB_PASSWORD_STGING is set ({place}): is SUPABASE_DB_PASSWORD_STAGING meant?"]


def test_secrets_are_masked_from_then_on_and_urls_keep_their_host(project: Path) -> None:
    (project / ".env.development").write_text(
        f"{SECRET}=s3cret/&x\nDATABASE_URL_STAGING=postgresql://u:p%40ssword@db.example.org/postgres\nPLAIN=visible\n"
    )
    load(project)
    shown = redact("s3cret/&x p@ssword postgresql://u:p%40ssword@db.example.org/postgres visible")
    assert shown == f"{MASK} {MASK} postgresql://u:{MASK}@db.example.org/postgres visible"


def test_values_do_not_show_in_a_repr(project: Path) -> None:
    (project / ".env.development").write_text(f"{SECRET}=s3cret-value\n")
    loaded = load(project)
    assert "s3cret-value" not in repr(loaded) + repr(loaded.variables[SECRET])


@pytest.fixture
def repository(project: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    (project / ".env.development").write_text(f"{SECRET}=s3cret-value\n")
    return project


def test_a_hosted_secret_from_a_tracked_file_is_refused(repository: Path) -> None:
    subprocess.run(["git", "-C", str(repository), "add", "-f", ".env.development"], check=True)
    with pytest.raises(SettingsError) as caught:
        load(repository).untracked_secret(SECRET)
    assert caught.value.code == "secret-tracked"
    assert "git rm --cached" in (caught.value.next_step or "")
    assert "s3cret-value" not in str(caught.value.as_json())


def test_a_hosted_secret_from_a_link_to_a_tracked_file_is_refused(repository: Path) -> None:
    (repository / ".env.development").rename(repository / "shared")
    subprocess.run(["git", "-C", str(repository), "add", "-f", "shared"], check=True)
    (repository / ".env.development").symlink_to("shared")
    with pytest.raises(SettingsError) as caught:
        load(repository).untracked_secret(SECRET)
    assert caught.value.code == "secret-tracked"


def test_blanks_around_a_ref_do_not_hide_the_project(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPABASE_PROJECT_REF_STAGING", " abcdefghijklmnopqrst\n")
    load(repository)
    assert redact("abcdefghijklmnopqrst") == "abcdefghijklmnopqrst"


def test_a_hosted_secret_from_an_untracked_file_or_the_process_is_taken(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load(repository).untracked_secret(SECRET) == "s3cret-value"
    subprocess.run(["git", "-C", str(repository), "add", "-f", ".env.development"], check=True)
    monkeypatch.setenv(SECRET, "from-the-shell")
    assert load(repository).untracked_secret(SECRET) == "from-the-shell"
    assert load(repository).untracked_secret("UNSET") is None


def test_an_unreadable_env_file_is_one_error(project: Path) -> None:
    (project / ".env.development").write_bytes(b"PLAIN=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"\.env\.development cannot be read"):
        load(project)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("postgresql://postgres:Long-Secret-Part-9", "postgresql://postgres:********"),
        ("postgresql://postgres:Long-Secret-Part-9/x", "postgresql://postgres:********"),
        ("postgresql://localhost:5432/postgres", "postgresql://localhost:5432/postgres"),
        ("postgresql://localhost:5432", "postgresql://localhost:5432"),
        ("postgres:Long-Secret-Part-9@localhost", "********"),
    ],
)
def test_what_may_be_the_password_of_a_mistyped_url_is_masked(value: str, shown: str) -> None:
    environment.register_secret(value)
    assert redact(value) == shown
