"""schema-generate on a small real project: what it writes, what it refuses, what it remembers."""

from __future__ import annotations

import dataclasses
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from support import project as projects
from support.project import Project
from support.waiting import until

from supabase_tasks.errors import DiffError, MigrationError, ModelsError, SettingsError, TaskError, UnansweredError
from supabase_tasks.flow.schema import check, comparison, databases
from supabase_tasks.flow.schema.generate import _write, custom, generate_migration
from supabase_tasks.flow.schema.request import Request
from supabase_tasks.ledger import files as ledger
from supabase_tasks.settings import Settings
from supabase_tasks.tasks import schema

pytestmark = pytest.mark.server

MODULE = sys.modules[generate_migration.__module__]


@pytest.fixture
def project(begin: Callable[[], Project]) -> Project:
    """The small project with its first migration generated."""
    return begin()


def test_the_first_migration_creates_everything(project: Project) -> None:
    (path,) = project.migrations
    text = path.read_text()
    assert path.name == "0000_first.sql"
    assert "CREATE TABLE public.team" in text
    assert "CREATE TABLE public.player" in text
    assert "ENABLE ROW LEVEL SECURITY" in text


def test_a_second_run_has_nothing_to_do(project: Project) -> None:
    assert not generate_migration(project.settings, Request()).changed
    assert len(project.migrations) == 1


def test_a_new_column_is_one_short_migration_with_a_derived_name(project: Project) -> None:
    project.edit("name: str", "name: str\n    city: str | None = None")
    done = generate_migration(project.settings, Request())
    assert [path.name for path in done.written] == ["0001_add_team_city.sql"]
    statements = [line for line in done.written[0].read_text().splitlines() if line.startswith("ALTER")]
    assert len(statements) == 1
    assert not generate_migration(project.settings, Request()).changed


def test_a_dry_run_writes_nothing(project: Project) -> None:
    project.edit("name: str", "name: str\n    city: str | None = None")
    done = generate_migration(project.settings, Request(dry_run=True))
    assert done.changed
    assert done.written == ()
    assert len(project.migrations) == 1


def test_an_unanswered_rename_writes_nothing_and_lists_the_answers(project: Project) -> None:
    project.edit("nick: str", "handle: str")
    with pytest.raises(UnansweredError) as caught:
        generate_migration(project.settings, Request())
    assert "--rename" in str(caught.value.data)
    assert len(project.migrations) == 1


def test_what_the_proposed_answers_ask_in_turn_is_asked_at_once(project: Project) -> None:
    project.edit("class Player", "class Member")
    project.edit("nick: str = Field(unique=True)", "nick: str = Field(unique=True, max_length=20)\n    born: int")
    project.edit("name: str", "name: float")
    with pytest.raises(UnansweredError) as caught:
        generate_migration(project.settings, Request())
    rename, loss, value = caught.value.data["unanswered"]
    assert rename["answers"][0] == "--rename public.player:public.member"
    assert "supposes" not in rename | loss
    assert loss["losses"][0]["name"] == "public.team.name"
    # Only a renamed table has rows that need a value.
    assert (value["question"], value["new"], value["supposes"]) == (
        "value",
        "public.member.born",
        "--rename public.player:public.member --allow data-loss",
    )
    assert caught.value.message == "3 questions about this change have no answer"
    assert caught.value.next_step is not None
    assert caught.value.next_step.endswith("--default public.member.born=0")
    request = Request(
        renames=("public.player:public.member",), allow=frozenset({"data-loss"}), defaults={"public.member.born": "0"}
    )
    assert len(generate_migration(project.settings, request).written) == 1


def test_a_loss_in_what_is_taken_for_renamed_is_told_with_the_others(project: Project) -> None:
    """`--allow data-loss` for what is told must not permit what is not."""
    project.edit("class Player", "class Member")
    project.edit("nick: str", "nick: float")
    project.edit("name: str", "")
    with pytest.raises(UnansweredError) as caught:
        generate_migration(project.settings, Request())
    _, told, following = caught.value.data["unanswered"]
    assert [one["name"] for one in told["losses"]] == ["public.team.name"]
    assert [one["name"] for one in following["losses"]] == ["public.member.nick"]
    assert caught.value.next_step is not None
    assert caught.value.next_step.count("--allow data-loss") == 1


def test_an_answered_rename_keeps_the_column(project: Project) -> None:
    project.edit("nick: str", "handle: str")
    done = generate_migration(project.settings, Request(renames=("public.player.nick:handle",)))
    text = done.written[0].read_text()
    assert "RENAME COLUMN" in text
    assert "DROP COLUMN" not in text


def _tables(numbers: range) -> str:
    classes = (
        f"class T{n}(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n    only_{n}: float\n\n"
        for n in numbers
    )
    return "from sqlmodel import Field, SQLModel\n\n" + "".join(classes)


def test_lost_tables_are_refused_unless_allowed_by_name(project: Project) -> None:
    project.migrations[0].unlink()
    project.models(_tables(range(8)))
    generate_migration(project.settings, Request())
    project.models(_tables(range(2)))
    with pytest.raises(ModelsError) as caught:
        generate_migration(project.settings, Request(allow=frozenset({"data-loss"})))
    assert caught.value.code == "lost-tables"
    assert len(project.migrations) == 1
    done = generate_migration(project.settings, Request(allow=frozenset({"data-loss", "lost-tables"})))
    assert done.written[0].read_text().count("DROP TABLE") == 6


def test_a_lost_table_needs_the_word_for_it(project: Project) -> None:
    head, _, _ = projects.MODELS.partition("class Player")
    project.models(head)
    with pytest.raises(DiffError) as caught:
        generate_migration(project.settings, Request())
    assert caught.value.code == "not-allowed"
    assert "--allow data-loss" in (caught.value.next_step or "")
    assert len(project.migrations) == 1


def test_a_migration_that_does_not_replay_names_file_and_message(project: Project) -> None:
    project.write("supabase/migrations/0001_broken.sql", "select 1;\ncreate table public.x (id no_such_type);\n")
    with pytest.raises(MigrationError) as caught:
        generate_migration(project.settings, Request())
    shown = f"{caught.value.message} {caught.value.cause}"
    assert "0001_broken.sql" in shown
    assert "no_such_type" in shown


def test_duplicate_versions_are_refused(project: Project) -> None:
    project.write("supabase/migrations/0000_again.sql", "select 1;\n")
    with pytest.raises(MigrationError, match="0000"):
        generate_migration(project.settings, Request())


def test_models_that_do_not_import_name_the_line(project: Project) -> None:
    project.models("from sqlmodel import Field\n\nx = 1 / 0\n")
    with pytest.raises(ModelsError) as caught:
        generate_migration(project.settings, Request())
    assert "models.py:3" in f"{caught.value.message} {caught.value.cause}"


def test_a_custom_migration_takes_the_next_version(project: Project) -> None:
    path = custom(project.settings, "Back-fill nicks")
    assert path.name == "0001_back_fill_nicks.sql"


def test_an_interrupt_at_the_second_file_of_two_leaves_neither(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_atomic = MODULE.write_atomic
    first, second = (project.settings.migrations / name for name in ("0001_one.sql", "0002_two.sql"))
    # All that writing looks at.
    plan = cast(Any, SimpleNamespace(files=[SimpleNamespace(sql="select 1;\n"), SimpleNamespace(sql="select 2;\n")]))
    before = ledger.read(project.settings)
    seen = []

    def interrupted(path: Path, text: str, *, exclusive: bool) -> None:
        if path == second:
            seen.append(first.exists())
            raise KeyboardInterrupt
        write_atomic(path, text, exclusive=exclusive)

    monkeypatch.setattr(MODULE, "write_atomic", interrupted)
    with pytest.raises(KeyboardInterrupt):
        _write(project.settings, before, plan, [first, second])
    assert seen == [True]
    assert sorted(project.settings.migrations.iterdir()) == project.migrations == [file.path for file in before]


def _with_ctrl_c(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    """Ctrl-C in the moment before the function is called."""
    real: Callable[..., object] = getattr(owner, name)

    def called(*args: object, **kwargs: object) -> object:
        signal.raise_signal(signal.SIGINT)
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, called)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (MODULE, "write_atomic"),
        (comparison.Comparison, "promote"),
        (MODULE, "remember"),
        (databases.Databases, "release"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_ctrl_c_after_the_writing_began_does_not_make_it_an_interrupted_run(
    project: Project, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    project.edit("name: str", "name: str\n    city: str | None = None")
    with monkeypatch.context() as patched:
        _with_ctrl_c(patched, owner, name)
        done = generate_migration(project.settings, Request())
    assert [path.name for path in done.written] == ["0001_add_team_city.sql"]
    assert list(done.written) == project.migrations[1:]
    assert not generate_migration(project.settings, Request()).changed
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_before_the_writing_ends_the_run_and_nothing_is_written(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.edit("name: str", "name: str\n    city: str | None = None")
    _with_ctrl_c(monkeypatch, comparison.Comparison, "prove")
    with pytest.raises(KeyboardInterrupt):
        generate_migration(project.settings, Request())
    assert sorted(project.settings.migrations.iterdir()) == project.migrations
    assert len(project.migrations) == 1


def test_ctrl_c_while_a_file_cannot_be_written_is_an_interrupted_run(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.edit("name: str", "name: str\n    city: str | None = None")

    def full(path: Path, text: str, *, exclusive: bool) -> None:
        signal.raise_signal(signal.SIGINT)
        raise TaskError(f"cannot write {path}")

    monkeypatch.setattr(MODULE, "write_atomic", full)
    with pytest.raises(KeyboardInterrupt):
        generate_migration(project.settings, Request())
    assert len(project.migrations) == 1


def test_ctrl_c_while_a_custom_migration_is_written_is_not_an_interrupted_run(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_ctrl_c(monkeypatch, MODULE, "write_atomic")
    assert custom(project.settings, "by hand") in project.migrations


def test_a_custom_migration_needs_a_name(project: Project) -> None:
    with pytest.raises(SettingsError, match="name"):
        custom(project.settings, None)


def test_check_agrees_and_is_remembered(project: Project) -> None:
    def as_a_command() -> check.Agreement:
        # In a process of its own nothing is imported before it is watched.
        projects.forget("models")
        return check.check_models(project.settings)

    # The tests' own modules count as the models' here: where something changes the repository's folders, nothing is remembered.
    until(lambda: as_a_command().remembered, what="a check that is remembered")


def test_check_finds_a_missing_migration(project: Project) -> None:
    project.edit("name: str", "name: str\n    city: str | None = None")
    with pytest.raises(check.OutOfDateError) as caught:
        check.check_models(project.settings)
    assert caught.value.code == "migration-missing"
    assert "column" in (caught.value.cause or "")


MOOD = "create type public.mood as enum ('calm');"


def with_a_comment_that_no_kind_reads(project: Project) -> Settings:
    """Models and migrations with an enum; the comment on its array type is in the migrations only."""
    project.write("app/sql/mood.sql", MOOD)
    comment = "comment on type public._mood is 'several';"
    project.write("supabase/migrations/0001_mood.sql", f"{MOOD}\n{comment}\n")
    return dataclasses.replace(project.settings, sql=project.settings.root / "app" / "sql")


def test_what_no_kind_can_plan_is_an_error_and_not_silence(project: Project) -> None:
    settings = with_a_comment_that_no_kind_reads(project)
    for run in (lambda: generate_migration(settings, Request()), lambda: check.check_models(settings)):
        with pytest.raises(DiffError) as caught:
            run()
        assert caught.value.code == "unmodelled"
        assert "comment on type public.mood[] (only on the current side)" in (caught.value.cause or "")


def test_what_no_kind_can_plan_is_an_error_with_other_changes_too(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = with_a_comment_that_no_kind_reads(project)
    project.edit("name: str", "name: str\n    city: str | None = None")
    named = "comment on type public.mood[] (only on the current side)"
    with pytest.raises(DiffError) as found:
        check.check_models(settings)
    assert found.value.code == "migration-missing"
    assert named in str(found.value.cause) and found.value.data["unmodelled"] == [named]
    done = generate_migration(settings, Request())
    (path,) = done.written
    assert done.plan is not None and "city" in path.read_text()
    with pytest.raises(DiffError) as caught:
        schema._report(settings, Request(), done, cast(Any, SimpleNamespace(summary=None, say=lambda text: None)))
    assert caught.value.code == "unmodelled" and named in str(caught.value.cause)
    assert caught.value.data["written"] == [str(path)] and caught.value.data["unmodelled"] == [named]
    # The migration covers what could be planned; what is left is no agreement to be remembered.
    with pytest.raises(DiffError) as left:
        check.check_models(settings)
    assert left.value.code == "unmodelled"


def test_what_no_kind_can_plan_may_be_ignored(project: Project) -> None:
    settings = dataclasses.replace(with_a_comment_that_no_kind_reads(project), ignore=("comment_on_type:public.*",))
    assert not generate_migration(settings, Request()).changed


def test_rows_that_do_not_fit_name_the_answer_and_no_file(project: Project) -> None:
    project.write("supabase/migrations/0001_rows.sql", "insert into public.team (name) values ('a');")
    project.edit("name: str", "name: str\n    city: str | None = None")
    generate_migration(project.settings, Request())
    project.edit("city: str | None = None", "city: str")
    with pytest.raises(DiffError) as caught:
        generate_migration(project.settings, Request(allow=frozenset({"may-fail", "drop-not-null"})))
    assert caught.value.code == "rows-do-not-fit"
    assert "--default public.team.city=" in str(caught.value.next_step)
    assert ".sql" not in f"{caught.value.message} {caught.value.cause} {caught.value.next_step}"
    assert len(project.migrations) == 3


def test_a_swap_of_columns_is_made_though_the_models_are_as_they_were(project: Project) -> None:
    project.edit("name: str", "name: str\n    city: str | None = None\n    land: str | None = None")
    generate_migration(project.settings, Request())
    assert not generate_migration(project.settings, Request()).changed
    swap = ("public.team.city:public.team.land", "public.team.land:public.team.city")
    assert "RENAME COLUMN" in generate_migration(project.settings, Request(renames=swap)).written[0].read_text()
    with pytest.raises(DiffError, match="does not match any rename"):
        generate_migration(project.settings, Request(renames=("public.team.nothing:public.team.city",)))


def test_what_only_create_all_would_make_is_told(project: Project) -> None:
    event = "import sqlalchemy as sa\nsa.event.listen(Team.__table__, 'after_create', sa.DDL('CREATE TRIGGER x'))\n"
    project.models(projects.MODELS + event)
    (line,) = generate_migration(project.settings, Request()).passed_over
    assert "after_create of public.team is passed over: CREATE TRIGGER x" in line
