"""A catalog that was kept is the catalog that was read, or it is none."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import psycopg
import pytest
from support.scenario import FOLDER, Scenario
from support.snapshots import contents

from supabase_tasks.diff import reader
from supabase_tasks.diff.catalog import rows_cache
from supabase_tasks.diff.catalog.dependencies import QUERY as DEPENDENCIES
from supabase_tasks.diff.catalog.rows import Query
from supabase_tasks.diff.kinds import KINDS

Make = Callable[[str], str]
Connect = Callable[[str], psycopg.Connection[Any]]
NAMES = ("app_small", "table_partitioned_index", "table_inherits", "aggregate_create", "default_privileges_schema_app")


@pytest.fixture
def connection(database: Make, connect: Connect) -> psycopg.Connection[Any]:
    # The comment is what no kind reads.
    more = "CREATE TABLE public.more (id int); COMMENT ON TYPE public.more IS 'a row of it';"
    return connect(database(f"{Scenario(FOLDER / 'app_small').text('after.sql')}\n{more}"))


@pytest.fixture
def path(tmp_path: Path, connection: psycopg.Connection[Any]) -> Path:
    """Where a small application's catalog is kept."""
    found = reader.cache_path(tmp_path / "catalogs", "some_template")
    rows_cache.save(found, reader.read_catalog(connection))
    assert found.exists()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_what_was_kept_is_what_would_be_read(name: str, database: Make, connect: Connect, tmp_path: Path) -> None:
    connection = connect(database(Scenario(FOLDER / name).text("after.sql")))
    path = reader.cache_path(tmp_path / "catalogs", name)
    rows_cache.save(path, reader.read_catalog(connection))
    loaded = rows_cache.load(path)
    assert loaded is not None
    one, other = reader.snapshot_of(loaded), reader.read_snapshot(connection)
    assert one == other
    assert contents(one) == contents(other)
    assert one.dependencies.needs == other.dependencies.needs


def test_it_can_be_loaded_again_and_again(path: Path) -> None:
    first, second = rows_cache.load(path), rows_cache.load(path)
    assert first is not None and second is not None
    assert contents(reader.snapshot_of(first)) == contents(reader.snapshot_of(second))


def test_answers_come_in_the_order_of_the_kinds_then_pg_depend_then_the_rest(
    connection: psycopg.Connection[Any], path: Path
) -> None:
    loaded = rows_cache.load(path)
    assert loaded is not None
    kinds = [kind for kind in KINDS.values() if kind.query]
    for read in (reader.read_catalog(connection), loaded):
        names = []
        for answer in read.answers:
            names.append(answer.names)
            for _ in answer.rows:
                pass
        assert len(names) == len(kinds) + 2
        for kind, found in zip(kinds, names, strict=False):
            assert set(found[3:]) <= {field.name for field in fields(kind.item)}, kind.name
        assert (len(names[-2]), len(names[-1])) == (7, 3)


def test_one_that_is_not_read_leaves_no_file_open(path: Path) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert rows_cache.load(path) is not None
        gc.collect()
    assert told == []


def test_without_a_file_there_is_no_catalog(tmp_path: Path) -> None:
    assert rows_cache.load(tmp_path / "nowhere") is None
    assert rows_cache.load(tmp_path / "no" / "folder") is None


@pytest.mark.parametrize("part", [0.0, 0.001, 0.1, 0.5, 0.99])
def test_a_truncated_file_is_no_catalog_and_is_removed(path: Path, part: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    assert rows_cache.load(path) is None
    assert not path.exists()


@pytest.mark.parametrize("part", [0.0, 0.001, 0.1, 0.5, 0.999])
def test_an_altered_file_is_no_catalog_and_is_removed(path: Path, part: float) -> None:
    data = bytearray(path.read_bytes())
    data[int(len(data) * part)] ^= 1
    path.write_bytes(data)
    assert rows_cache.load(path) is None
    assert not path.exists()


@pytest.mark.parametrize("text", [b"", b"\n", b"not ours", b"supabase-tasks catalog 2 " + b"0" * 64 + b"\n"])
def test_a_foreign_file_is_no_catalog_and_is_removed(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "foreign"
    path.write_bytes(text)
    assert rows_cache.load(path) is None
    assert not path.exists()


def test_bytes_behind_its_end_are_no_catalog(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\0")
    assert rows_cache.load(path) is None


def test_a_folder_that_cannot_be_written_is_no_error(connection: psycopg.Connection[Any], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    rows_cache.save(reader.cache_path(tmp_path / "file", "t"), reader.read_catalog(connection))
    rows_cache.save(reader.cache_path(tmp_path / "no" / "such" / "parent", "t"), reader.read_catalog(connection))
    assert rows_cache.load(reader.cache_path(tmp_path / "file", "t")) is None
    # Root may write everywhere but below /proc.
    rows_cache.save(reader.cache_path(Path("/proc/catalogs"), "t"), reader.read_catalog(connection))
    assert (tmp_path / "file").read_text() == "in the way"


def test_only_the_newest_few_are_kept_and_no_half_file(connection: psycopg.Connection[Any], tmp_path: Path) -> None:
    folder = tmp_path / "catalogs"
    paths = [reader.cache_path(folder, f"template_{number}") for number in range(7)]
    for number, path in enumerate(paths):
        rows_cache.save(path, reader.read_catalog(connection))
        os.utime(path, (1_000_000 + number, 1_000_000 + number))
    left = set(folder.iterdir())
    assert left == set(paths[-4:])


def test_a_catalog_that_breaks_off_leaves_no_file(
    connection: psycopg.Connection[Any], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_queries", lambda: (Query("SELECT 1, 2, 3, 4 AS a"), Query("SELECT 1/0, 2, 3")))
    broken = path.with_name("broken")
    with pytest.raises(psycopg.Error):
        rows_cache.save(broken, reader.read_catalog(connection))
    assert list(path.parent.iterdir()) == [path]


def test_other_queries_have_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = reader.cache_path(tmp_path, "t")
    assert before == reader.cache_path(tmp_path, "t")
    assert before != reader.cache_path(tmp_path, "u")
    queries = reader._queries()
    assert Query(DEPENDENCIES) in queries
    for other in (Query(queries[-1].text + " ", queries[-1].found_in), Query(queries[-1].text)):
        monkeypatch.setattr(reader, "_queries", lambda other=other: (*queries[:-1], other))
        assert reader.cache_path(tmp_path, "t") != before
