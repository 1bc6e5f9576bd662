from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from supabase_tasks import settings, task_file
from supabase_tasks.errors import SettingsError
from supabase_tasks.process import run


def write(root: Path, section: str) -> Path:
    (root / "pyproject.toml").write_text(section)
    return root


def load(root: Path, body: str) -> settings.Settings:
    return settings.load(write(root, f"[tool.supabase-tasks]\n{body}"))


@pytest.fixture(autouse=True)
def no_override(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUPABASE_TASKS_LOCAL", raising=False)


def test_defaults_follow_the_folder(tmp_path: Path) -> None:
    loaded = load(tmp_path, "")
    assert (loaded.project, loaded.models, loaded.naming, loaded.local) == (tmp_path.name, None, "index", "auto")
    assert loaded.migrations == tmp_path / "supabase" / "migrations"
    assert loaded.config_toml == tmp_path / "supabase" / "config.toml"
    assert [target.name for target in loaded.targets] == ["staging", "prod"]


def test_root_is_the_nearest_folder_with_our_section(tmp_path: Path) -> None:
    inner = tmp_path / "apps" / "web"
    (inner / "src").mkdir(parents=True)
    write(tmp_path, "[tool.supabase-tasks]\n")
    write(inner, "[project]\nname = 'web'\n")
    assert settings.find_root(inner / "src") == tmp_path


def test_root_without_our_section_is_the_supabase_project(tmp_path: Path) -> None:
    (tmp_path / "supabase").mkdir()
    (tmp_path / "supabase" / "config.toml").write_text("")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    assert settings.find_root(tmp_path / "deep" / "er") == tmp_path


def test_paths_are_relative_to_the_root_not_to_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, '[tool.supabase-tasks]\nsql = "app/sql"\nmigrations = "db/changes"\n')
    for folder in ("app/sql", "db/changes"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "app")
    loaded = settings.load()
    assert (loaded.sql, loaded.migrations) == (tmp_path / "app" / "sql", tmp_path / "db" / "changes")


def test_dashes_and_underscores_are_the_same(tmp_path: Path) -> None:
    assert load(tmp_path, 'exposed-schemas = ["api"]').exposed_schemas == ("api",)


def test_misspelt_setting_names_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, 'modles = "app"')
    assert "modles" in caught.value.message
    assert "models" in (caught.value.cause or "")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('naming = "serial"', "naming must be 'index' or 'timestamp'"),
        ("models = 3", "models must be a string"),
        ('env_files = ".env"', "env_files must be a list of strings"),
        ("lint = []", "lint must be a table"),
        ('targets = "prod"', "targets must be a table"),
        ("[tool.supabase-tasks.targets.local]", "a target cannot be called 'local'"),
        ("[tool.supabase-tasks.targets.QA]", "lower-case letters, digits and '-', not 'QA'"),
        ('[tool.supabase-tasks.targets.qa]\nprotected = "yes"', "targets.qa.protected must be true or false"),
        ('[tool.supabase-tasks.targets.qa]\npromote_from = "nowhere"', "targets.qa.promote_from"),
        ("[tool.supabase-tasks.targets.qa]\nport = 1", "unknown setting 'targets.qa.port'"),
        ("[tool.supabase-tasks.targets]\nqa = 3", "targets.qa must be a table with"),
        ('lock_timeout = "5 parsecs"', "lock_timeout must be a time as PostgreSQL writes it"),
        ('statement_timeout = "soon"', "statement_timeout must be a time"),
        ("shadow_idle_minutes = -1", "shadow_idle_minutes must be a number of minutes"),
        ('sslrootcert = "nowhere.crt"', "nowhere.crt, which is not a file"),
        ('supabase = "nope"', "nope, which does not exist"),
        ('supabase = "pyproject.toml"', "pyproject.toml, which is not a folder"),
        ('supabase = ""', "supabase must be the path of a folder, not ''"),
        ('migrations = "supabase/migratons"', "migratons, which does not exist"),
        ('migrations = ""', "migrations must be the path of a folder"),
        ("migrations = false", "migrations must be a string"),
        ('sql = "nope"', "nope, which does not exist"),
        ("sql = false", "sql must be a string"),
        ('project = " "', "project must be a name"),
        ('cli = "latest"', "cli must be a version ('3.1.0') or a range of npm's"),
        ('cli = ""', "cli must be a version"),
        ('env_files = ["."]', "env_files must be a list of files, not '.'"),
        ('lock_timeout = "5"', "lock_timeout must be a time as PostgreSQL writes it"),
        ('lock_timeout = "-5s"', "lock_timeout must be a time"),
        ('statement_timeout = "999999999d"', "statement_timeout must be a time"),
        ('ignore = [""]', "ignore must be a list of patterns"),
        ('ignore = ["*"]', "ignore must be a list of patterns"),
        ('ignore = [" public.x"]', "ignore must be a list of patterns"),
        ('[tool.supabase-tasks.targets."-qa"]', "lower-case letters, digits and '-', not '-qa'"),
        ('[tool.supabase-tasks.targets."qé"]', "lower-case letters, digits and '-', not 'qé'"),
        ('targets = { "q_a" = {} }', "lower-case letters, digits and '-', not 'q_a'"),
        ('[tool.supabase-tasks.targets.qa]\npromote_from = "qa"', "promote_from must be the name of another target"),
        (
            '[tool.supabase-tasks.targets.staging]\npromote_from = "prod"',
            "targets.staging.promote_from goes round in a circle: staging from prod from staging",
        ),
    ],
)
def test_wrong_value_says_key_and_expectation(tmp_path: Path, body: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, body)
    assert told in caught.value.message
    place, _, line = caught.value.message.partition(": ")[0].rpartition(":")
    assert place == str(tmp_path / "pyproject.toml")
    assert int(line) > 1


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ('roles = "strct"', "strict"),
        ('naming = "Index"', "index"),
        ('migrations = "supabase/migratons"', "supabase/migrations"),
        ('migrations = "supabse/migrations"', "supabase/migrations"),
        ('[tool.supabase-tasks.targets.prod]\npromote_from = "stagin"', "staging"),
    ],
)
def test_a_misspelt_value_names_the_right_one(tmp_path: Path, body: str, meant: str) -> None:
    (tmp_path / "supabase" / "migrations").mkdir(parents=True)
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, body)
    assert caught.value.cause == f"did you mean {meant!r}?"


def test_a_range_of_the_cli_and_a_chain_of_targets_are_taken(tmp_path: Path) -> None:
    chain = '[tool.supabase-tasks.targets.eu-2]\npromote_from = "prod"\n'
    loaded = load(tmp_path, f'cli = "^3.1.0"\nignore = ["audit", "policy:storage.*"]\n{chain}')
    assert (loaded.cli, loaded.target("eu-2").promote_from) == ("^3.1.0", "prod")


def test_an_unclear_switch_in_the_environment_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPABASE_TASKS_MEMO", "maybe")
    with pytest.raises(SettingsError, match="SUPABASE_TASKS_MEMO must be 0 or 1, not 'maybe'"):
        load(tmp_path, "")


def test_a_setting_that_proves_wrong_later_has_its_line(tmp_path: Path) -> None:
    body = '[tool.supabase-tasks]\n\nmetadata = ["x"]\nlint.since = "2"\n[tool."supabase-tasks".targets.qa]\n'
    loaded = settings.load(write(tmp_path, body))
    for setting, line in (("metadata", 3), ("lint.since", 4), ("targets.qa", 5)):
        assert loaded.place(setting) == f"{tmp_path / 'pyproject.toml'}:{line}: "


def test_a_misspelt_key_of_a_target_names_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, "[tool.supabase-tasks.targets.qa]\nprotcted = true")
    assert caught.value.cause == "did you mean 'protected'?"
    assert caught.value.next_step == "correct targets.qa.protcted in pyproject.toml"


@pytest.mark.parametrize("name", ["supabase_tasks", "Supabase-Tasks", "supabase-task", "supabse-tasks"])
def test_a_table_of_another_spelling_is_not_passed_over(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=f"tool.{name}. in .* is not read"):
        settings.load(write(tmp_path, f'[tool.{name}]\nmodels = "app"\n'))


@pytest.mark.parametrize("value", ["0", "5s", "500ms", "1.5 min", " 2h "])
def test_a_time_is_taken_as_postgresql_takes_it(tmp_path: Path, value: str) -> None:
    assert load(tmp_path, f'lock_timeout = "{value}"').lock_timeout == value


def test_broken_toml_names_the_file_and_the_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        settings.load(write(tmp_path, "[tool.supabase-tasks]\nmodels = = 1\n"))
    assert str(tmp_path / "pyproject.toml") in caught.value.message
    assert "line 2" in (caught.value.cause or "")


@pytest.mark.parametrize("text", ["tool = 3", "[tool]\nsupabase-tasks = 3"])
def test_section_that_is_no_table(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="must be a table"):
        settings.load(write(tmp_path, text))


def test_target_names_its_variables(tmp_path: Path) -> None:
    target = load(tmp_path, '[tool.supabase-tasks.targets.eu-west]\npromote_from = "staging"').target("eu-west")
    assert target.ref_variable == "SUPABASE_PROJECT_REF_EU_WEST"
    assert target.password_variable == "SUPABASE_DB_PASSWORD_EU_WEST"
    assert target.url_variable == "DATABASE_URL_EU_WEST"


def test_a_target_of_ones_own_keeps_the_defaults_and_may_loosen_none_by_accident(tmp_path: Path) -> None:
    loaded = load(tmp_path, '[tool.supabase-tasks.targets.prod]\npromote_from = ""')
    assert loaded.target("prod").protected
    assert loaded.target("prod").promote_from is None
    assert loaded.target("staging").name == "staging"


def test_unknown_target_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, "").target("prdo")
    assert "staging, prod" in (caught.value.cause or "")


def test_environment_overrides_the_local_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPABASE_TASKS_LOCAL", "embedded")
    assert load(tmp_path, 'local = "docker"').local == "embedded"


def test_wrong_override_names_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPABASE_TASKS_LOCAL", "dokcer")
    with pytest.raises(SettingsError, match="SUPABASE_TASKS_LOCAL"):
        load(tmp_path, "")


@pytest.mark.server
def test_the_settings_next_to_the_task_file_that_invoke_was_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "apps" / "x"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "inner"\n')
    (inner / "tasks.py").write_text("from supabase_tasks import collection\n\nns = collection()\n")
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "outer"\n')
    command = [sys.executable, "-m", "invoke", "-r", "apps/x", "doctor", "--json"]
    done = run(command, cwd=tmp_path, check=False)
    assert '"inner"' in done.stdout or "(inner)" in done.stdout
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(task_file.VARIABLE, raising=False)
    task_file.remember_task_file(str(inner / "tasks.py"))
    assert settings.load().project == "inner"
    # A task file above the current folder serves every project below it.
    task_file.remember_task_file(str(tmp_path / "tasks.py"))
    monkeypatch.chdir(inner)
    assert settings.load().project == "inner"
    monkeypatch.chdir(tmp_path)
    assert settings.load().project == "outer"


@pytest.mark.server
@pytest.mark.parametrize("remembered", [None, "elsewhere"])
def test_the_console_script_means_the_current_folder(tmp_path: Path, remembered: str | None) -> None:
    """It has no task file: neither its own module nor one that an `inv -r` around it loaded decides."""
    for name in ("elsewhere", "here"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, f'[tool.supabase-tasks]\nproject = "{name}"\n')
    environment = {key: value for key, value in os.environ.items() if key != task_file.VARIABLE}
    if remembered:
        environment[task_file.VARIABLE] = str(tmp_path / remembered)
    code = (
        "import invoke.program\nfrom supabase_tasks import settings\nfrom supabase_tasks.tasks.program import main\n"
        "invoke.program.Program.run = lambda *_: print(settings.load().project)\nmain()"
    )
    done = run([sys.executable, "-c", code], cwd=tmp_path / "here", env=environment, check=False)
    assert done.stdout.strip() == "here", done.stderr


def test_a_look_at_the_tasks_from_within_loads_no_task_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from supabase_tasks.tasks import adopt

    write(tmp_path, '[tool.supabase-tasks]\nproject = "here"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(task_file.VARIABLE, raising=False)
    assert adopt._targets()
    assert settings.load().project == "here"
