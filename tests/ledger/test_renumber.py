from collections.abc import Callable

import pytest

from supabase_tasks.errors import MigrationError
from supabase_tasks.ledger import branch as branch_module
from supabase_tasks.ledger import renumber
from supabase_tasks.ledger.check import check_ledger


def moved(clone) -> dict[str, str]:
    branch = branch_module.read(clone.settings)
    moves = renumber.plan(clone.settings, branch)
    renumber.apply(branch, moves)
    assert check_ledger(clone.settings).problems == ()
    return {move.old.name: move.new.name for move in moves}


def test_nothing_to_do(clone) -> None:
    clone.write(_0002_third="")
    assert moved(clone) == {}


def test_new_migrations_move_behind_the_merged_ones_in_their_order(clone, on_main: Callable[..., None]) -> None:
    clone.write(_0002_a="a", _0003_b="b", _0009_c="c")
    on_main(_0002_theirs="x", _0004_theirs="y")
    assert moved(clone) == {"0002_a.sql": "0005_a.sql", "0003_b.sql": "0006_b.sql"}
    assert (clone.migrations / "0005_a.sql").read_text() == "a"


def test_committed_files_are_renamed_in_the_index_too(clone, on_main: Callable[..., None]) -> None:
    clone.write(_0002_mine="m")
    clone.commit()
    on_main(_0002_theirs="x")
    assert moved(clone) == {"0002_mine.sql": "0003_mine.sql"}
    assert clone.git("status", "--porcelain").startswith("R")


def test_of_two_files_with_one_version_the_later_moves(folder) -> None:
    folder.write(_0001_a="a", _0001_b="b", _0002_c="c")
    assert moved(folder) == {"0001_b.sql": "0003_b.sql"}


def test_of_two_merged_files_with_one_version_the_later_moves(clone, on_main: Callable[..., None]) -> None:
    """Two branches took the same number, and both were merged: the CLI applies one of them."""
    clone.write(_0001_other="other", _0003_last="last")
    clone.commit()
    clone.git("switch", "-q", "main")
    clone.git("merge", "-q", "feature")
    clone.git("switch", "-q", "-c", "mended")
    assert [problem.code for problem in check_ledger(clone.settings).problems] == ["duplicate"]
    assert moved(clone) == {"0001_second.sql": "0004_second.sql"}
    # What is merged and has a version of its own keeps its name.
    clone.migrations.joinpath("0003_last.sql").rename(clone.migrations / "0005_last.sql")
    assert [problem.code for problem in check_ledger(clone.settings).problems] == ["renamed"]


def test_a_second_way_of_naming_is_put_right(clone) -> None:
    clone.write(_20260102030405_mine="m")
    assert moved(clone) == {"20260102030405_mine.sql": "0002_mine.sql"}


def test_timestamps_follow_the_clock(clone, on_main: Callable[..., None]) -> None:
    (clone.root / "pyproject.toml").write_text('[tool.supabase-tasks]\nnaming = "timestamp"\n')
    clone.write(_20250102030405_mine="m")
    on_main(_20250203040506_theirs="x")
    (new,) = moved(clone).values()
    assert new.endswith("_mine.sql") and new > "20250203040506_theirs.sql"


def test_a_file_in_the_way_is_not_replaced(clone) -> None:
    branch = branch_module.read(clone.settings)
    move = renumber.Move(clone.migrations / "0000_first.sql", clone.migrations / "0001_second.sql")
    with pytest.raises(MigrationError, match="already exists"):
        renumber.apply(branch, [move])
    assert (clone.migrations / "0001_second.sql").read_text() == "select 1;\n"
