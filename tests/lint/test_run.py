"""The linter over real folders, with the real squawk."""

from pathlib import Path

import pytest

from supabase_tasks import settings as settings_module
from supabase_tasks.errors import LintError, SettingsError
from supabase_tasks.ledger.files import read
from supabase_tasks.lint import squawk
from supabase_tasks.lint.run import LintReport, lint

SECURE = "alter table public.{0} enable row level security;\n"


class Project:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.migrations = root / "supabase" / "migrations"
        self.migrations.mkdir(parents=True)
        self.configure("")

    def configure(self, lint_section: str) -> None:
        text = f'[tool.supabase-tasks]\nproject = "test"\n[tool.supabase-tasks.lint]\n{lint_section}'
        (self.root / "pyproject.toml").write_text(text)

    def write(self, name: str, text: str) -> Path:
        path = self.migrations / name
        path.write_text(text)
        return path

    def lint(self, only: list[Path] | None = None) -> LintReport:
        settings = settings_module.load(self.root)
        return lint(settings, read(settings), only)

    def rules(self, only: list[Path] | None = None) -> list[tuple[str, str, int]]:
        return [(item.rule, item.path.name, item.line) for item in self.lint(only).findings]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_an_empty_project_has_no_findings(project: Project) -> None:
    assert project.lint() == LintReport((), 0, 0, squawk=True)


def test_squawk_and_our_rules_in_one_list_by_file_and_line(project: Project) -> None:
    project.write("0001_a.sql", "create table public.a (id bigint primary key);\n")
    project.write("0002_b.sql", "set lock_timeout = '5s';\nalter table public.a drop column id;\n")
    assert project.rules() == [("rls-disabled", "0001_a.sql", 1), ("ban-drop-column", "0002_b.sql", 2)]
    assert [item.tool for item in project.lint().findings] == ["supabase-tasks", "squawk"]


def test_a_transaction_of_its_own_is_said_once(project: Project) -> None:
    project.write("0001_a.sql", "begin;\ncreate schema a;\ncommit;\n")
    assert project.rules() == [("transaction-control", "0001_a.sql", 1), ("transaction-control", "0001_a.sql", 3)]


def test_without_squawk_our_own_rules_run_and_it_is_said(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(squawk, "program", lambda: None)
    project.write("0001_a.sql", "create table public.a (id bigint primary key);\n")
    found = project.lint()
    assert (found.squawk, [item.rule for item in found.findings]) == (False, ["rls-disabled"])
    project.configure('"require-timeout-settings" = "error"\n')
    with pytest.raises(LintError) as caught:
        project.lint()
    assert caught.value.next_step == squawk.INSTALL


def test_only_some_files_are_reported_but_all_are_read(project: Project) -> None:
    project.write("0001_a.sql", "create table public.a (id bigint primary key);\n")
    second = project.write("0002_b.sql", "create table public.b (id bigint primary key);\n" + SECURE.format("a"))
    found = project.lint([second])
    assert (found.files, [item.rule for item in found.findings if item.level == "error"]) == (1, ["rls-disabled"])
    assert found.findings[0].message.startswith("table public.b")


def test_severities_come_from_the_settings_for_our_rules_and_for_squawks(project: Project) -> None:
    project.write("0001_a.sql", "create table public.a (id integer primary key);\n")
    project.configure('rls-disabled = "warning"\nprefer-bigint-over-int = "error"\n')
    assert [(item.rule, item.level) for item in project.lint().findings] == [
        ("rls-disabled", "warning"),
        ("prefer-bigint-over-int", "error"),
    ]
    project.configure('rls-disabled = "off"\n')
    assert project.rules() == []


def test_a_rule_of_squawk_that_is_off_by_default_can_be_asked_for(project: Project) -> None:
    project.write("0001_a.sql", "create table a (id bigint primary key);\n" + SECURE.format("a"))
    assert "require-table-schema" not in {rule for rule, _, _ in project.rules()}
    project.configure('require-table-schema = "warning"\n')
    assert "require-table-schema" in {rule for rule, _, _ in project.rules()}


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ('rls-disabled = "fatal"\n', "must be 'error', 'warning' or 'off'"),
        ('rls-disable = "off"\n', "there is no rule 'rls-disable'"),
        ('utter-nonsense = "error"\n', "neither we nor squawk know"),
        ('utter-nonsense = "off"\n', "neither we nor squawk know"),
        ("since = 3\n", "since must be a version"),
    ],
)
def test_wrong_settings_are_refused(project: Project, section: str, message: str) -> None:
    project.write("0001_a.sql", "select 1;\n")
    project.configure(section)
    with pytest.raises(SettingsError, match=message):
        project.lint()


def test_an_adopted_history_is_read_and_not_reported(project: Project) -> None:
    project.write("0001_a.sql", "create table public.a (id bigint primary key);\n")
    project.write("0002_b.sql", "create table public.b (id bigint primary key);\n")
    project.configure('since = "0002"\n')
    assert [name for _, name, _ in project.rules()] == ["0002_b.sql"]


def test_a_default_that_the_file_itself_gave_may_go(project: Project) -> None:
    given = "alter table public.t add column {0} int not null default 1;\n"
    goes = "alter table public.t alter column a drop default, alter column b drop default;\n"
    project.write("0001_a.sql", "set lock_timeout = '5s';\n" + given.format("a") + given.format("b") + goes)
    project.write("0002_b.sql", "set lock_timeout = '5s';\n" + given.format("c") + goes)
    assert [(name, line) for rule, name, line in project.rules() if rule == "ban-drop-default"] == [
        ("0002_b.sql", 3),
        ("0002_b.sql", 3),
    ]


def test_an_ignore_silences_both_tools_and_is_counted(project: Project) -> None:
    project.write(
        "0001_a.sql",
        "-- lint-ignore rls-disabled: read by everyone on purpose\ncreate table public.a (id bigint primary key);\n"
        "set lock_timeout = '5s';\n"
        "alter table public.b drop column c; -- lint-ignore ban-drop-column: nothing reads it since release 12\n",
    )
    found = project.lint()
    assert (found.findings, found.ignored) == ((), 2)


def test_an_ignore_without_a_reason_is_a_finding_itself(project: Project) -> None:
    project.write("0001_a.sql", "-- lint-ignore rls-disabled\ncreate table public.a (id bigint primary key);\n")
    assert [rule for rule, _, _ in project.rules()] == ["lint-ignore", "rls-disabled"]


def test_config_toml_decides_what_is_exposed_and_granted(project: Project) -> None:
    table = "create table {0}.a (id bigint primary key);\nalter table {0}.a enable row level security;\n"
    policy = "create policy p on {0}.a for select to authenticated using (true);\n"
    project.write(
        "0001_a.sql",
        "set lock_timeout = '5s';\ncreate schema api;\n"
        + (table + policy).format("api")
        + (table + policy).format("public"),
    )
    config = project.root / "supabase" / "config.toml"
    config.write_text('project_id = "test"\n[api]\nschemas = ["api"]\n')
    assert project.rules() == [("missing-grant", "0001_a.sql", 5)]
    config.write_text('project_id = "test"\n[api]\nauto_expose_new_tables = true\n')
    assert project.rules() == []


def test_what_postgres_accepts_is_no_syntax_error_even_when_squawk_stumbles(project: Project) -> None:
    project.write("0001_a.sql", "select 1;\nselect * frm x;\n")
    assert project.rules() == [("syntax-error", "0001_a.sql", 2)]


def test_one_statement_is_found_once(project: Project) -> None:
    project.write("0001_a.sql", "create table public.a (id bigint primary key, b bigint);\n" + SECURE.format("a"))
    project.write(
        "0002_b.sql",
        "set lock_timeout = '5s';\n"
        "alter table public.a add constraint k foreign key (b) references public.a (id);\n"
        "create index on public.a (b);\n",
    )
    assert [rule for rule, name, line in project.rules() if (name, line) == ("0002_b.sql", 2)] == [
        "adding-foreign-key-constraint"
    ]


def test_a_value_at_the_end_of_an_enum_is_no_finding(project: Project) -> None:
    project.write("0001_a.sql", "create type public.mood as enum ('a');\nalter type public.mood add value 'b';\n")
    assert project.rules() == []


def test_a_byte_order_mark_is_no_syntax_error(project: Project) -> None:
    project.write("0001_a.sql", "create table public.a (id bigint primary key);\n" + SECURE.format("a"))
    project.write("0002_b.sql", "\ufeffset lock_timeout = '5s';\nalter table public.a drop column id;\n")
    assert [found for found in project.rules() if found[1] == "0002_b.sql"] == [("ban-drop-column", "0002_b.sql", 2)]


def test_a_file_that_is_not_utf8_is_read_as_the_cli_reads_it(project: Project) -> None:
    project.write("0001_a.sql", "create table public.a (id bigint primary key, n int);\n" + SECURE.format("a"))
    latin = project.write("0002_b.sql", "")
    latin.write_bytes(b"-- caf\xe9\r\nset lock_timeout = '5s';\nalter table public.a alter column n set not null;\n")
    found = project.rules()
    assert ("lost-character", "0002_b.sql", 1) in found
    assert ("adding-not-nullable-field", "0002_b.sql", 3) in found
