from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from supabase_tasks.errors import MigrationError
from supabase_tasks.ledger import squashed
from supabase_tasks.ledger.check import check_ledger
from supabase_tasks.ledger.files import read


def codes(clone, against: str | None = None) -> list[tuple[str, str]]:
    return [(problem.code, problem.file) for problem in check_ledger(clone.settings, against).problems]


def test_a_branch_that_only_adds_is_clean(clone) -> None:
    clone.write(_0002_third="select 2;\n")
    found = check_ledger(clone.settings)
    assert (found.problems, found.files, found.against) == ((), 3, "main")


def test_an_edited_migration_is_seen_staged_or_not(clone) -> None:
    clone.write(_0001_second="select 11;\n")
    assert codes(clone) == [("edited", "0001_second.sql")]
    clone.commit()
    assert codes(clone) == [("edited", "0001_second.sql")]


def test_deleted_and_renamed_migrations_are_seen_and_the_way_back_is_named(clone) -> None:
    (clone.migrations / "0001_second.sql").unlink()
    assert codes(clone) == [("deleted", "0001_second.sql")]
    clone.write(_0002_other="select 1;\n")
    (problem,) = check_ledger(clone.settings).problems
    assert (problem.code, problem.file) == ("renamed", "0001_second.sql")
    assert "git checkout" in problem.next_step and "0002_other.sql" in problem.next_step


def test_what_only_the_index_has_is_what_the_commit_takes(clone) -> None:
    clone.write(_0001_second="select 11;\n")
    clone.git("add", "-A")
    clone.write(_0001_second="select 1;\n")
    assert codes(clone) == [("edited", "0001_second.sql")]
    clone.git("rm", "-q", "-f", "--cached", "supabase/migrations/0001_second.sql")
    assert (clone.migrations / "0001_second.sql").exists()
    (problem,) = check_ledger(clone.settings).problems
    assert (problem.code, problem.file) == ("deleted", "0001_second.sql")
    clone.git(*problem.next_step.removeprefix("git ").split())
    assert codes(clone) == []


def test_the_way_back_works(clone) -> None:
    clone.git("mv", "supabase/migrations/0001_second.sql", "supabase/migrations/0002_other.sql")
    (problem,) = check_ledger(clone.settings).problems
    for command in problem.next_step.split(" && "):
        clone.git(*command.removeprefix("git ").split())
    assert codes(clone) == []


def test_a_migration_that_would_land_before_a_merged_one(clone, on_main: Callable[..., None]) -> None:
    clone.write(_0002_mine="select 2;\n")
    on_main(_0003_theirs="select 3;\n")
    (problem,) = check_ledger(clone.settings).problems
    assert (problem.code, problem.file, problem.next_step) == ("overtaken", "0002_mine.sql", "inv migrations-renumber")
    assert "0003_theirs.sql" in problem.message


def test_a_branch_behind_the_default_branch_has_deleted_nothing(clone, on_main: Callable[..., None]) -> None:
    on_main(_0002_theirs="select 2;\n")
    assert codes(clone) == []


def test_the_same_version_on_the_default_branch_is_overtaken(clone, on_main: Callable[..., None]) -> None:
    clone.write(_0002_mine="select 2;\n")
    on_main(_0002_theirs="select 2.0;\n")
    assert codes(clone) == [("overtaken", "0002_mine.sql")]


def test_names_that_the_cli_skips(folder) -> None:
    folder.write(_0000_first="", init="", **{"0001-second": ""})
    (folder.migrations / "README.md").write_text("")
    assert codes(folder) == [("name", "0001-second.sql"), ("name", "init.sql")]


def test_duplicates_order_and_mixed_naming_outside_of_git(folder) -> None:
    folder.write(_0001_a="", _0001_b="")
    assert codes(folder) == [("duplicate", "0001_b.sql")]
    folder.write(_00003_c="")
    assert ("order", "0001_a.sql") in codes(folder)
    folder.write(_20260102030405_d="")
    assert ("mixed-naming", "20260102030405_d.sql") in codes(folder)


def test_a_mixture_that_is_merged_can_no_longer_be_helped(clone) -> None:
    clone.write(_20260102030405_third="")
    clone.commit()
    clone.git("branch", "-q", "-f", "main", "feature")
    assert codes(clone) == []
    clone.write(_0002_fourth="")
    assert codes(clone) == [("mixed-naming", "0002_fourth.sql"), ("overtaken", "0002_fourth.sql")]


def test_commits_on_the_default_branch_are_compared_with_its_remote(clone, tmp_path: Path) -> None:
    clone.git("switch", "-q", "main")
    clone.git("clone", "-q", "--bare", ".", str(tmp_path / "remote.git"))
    clone.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    clone.git("fetch", "-q", "origin")
    clone.write(_0002_third="select 2;\n")
    clone.commit()
    clone.write(_0002_third="select 22;\n")
    assert check_ledger(clone.settings).against == "origin/main"
    assert codes(clone) == []
    clone.write(_0001_second="select 11;\n")
    assert codes(clone) == [("edited", "0001_second.sql")]


def test_against_a_given_commit(clone) -> None:
    clone.write(_0002_third="select 2;\n")
    clone.commit()
    clone.write(_0002_third="select 22;\n")
    assert codes(clone) == []
    assert codes(clone, "feature") == [("edited", "0002_third.sql")]
    with pytest.raises(MigrationError, match="no commit"):
        check_ledger(clone.settings, "nowhere")


def test_the_target_branch_of_a_merge_request_wins(clone, monkeypatch: pytest.MonkeyPatch) -> None:
    clone.git("update-ref", "refs/remotes/origin/develop", "main")
    clone.git("update-ref", "refs/remotes/origin/main", "main")
    assert check_ledger(clone.settings).against == "origin/main"
    monkeypatch.setenv("GITHUB_BASE_REF", "develop")
    assert check_ledger(clone.settings).against == "origin/develop"


def test_a_repository_without_a_commit_and_an_absent_folder_have_nothing_to_say(folder) -> None:
    folder.git("init", "-q")
    assert codes(folder) == []


def test_a_squash_may_replace_what_it_names(clone) -> None:
    files = read(clone.settings)
    text = squashed.header(files) + "select 0; select 1;\n"
    for file in files:
        file.path.unlink()
    clone.write(_0001_squashed=text)
    assert codes(clone) == []
    digest = sha256(files[0].data).hexdigest()
    clone.write(_0001_squashed=text.replace(digest, digest[::-1]))
    assert {("deleted", "0000_first.sql"), ("deleted", "0001_second.sql")} <= set(codes(clone))


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_ref_is_no_default_branch(clone, empty: str) -> None:
    with pytest.raises(MigrationError, match="it is empty"):
        codes(clone, empty)


def test_a_ref_without_a_repository_is_refused(folder) -> None:
    folder.write(_0001_a="select 1;\n")
    assert codes(folder) == []
    with pytest.raises(MigrationError, match="there is no git repository to look for main in"):
        codes(folder, "main")
