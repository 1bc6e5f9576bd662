import pytest

from supabase_tasks.errors import MigrationError
from supabase_tasks.files import digest
from supabase_tasks.ledger.files import listing, next_path, parse_name, read, slug


def test_versions_are_ordered_as_text_and_other_files_are_skipped(folder) -> None:
    folder.write(_10_b="", _9_a="", notes="")
    (folder.migrations / "0001_folder.sql").mkdir()
    assert [file.version for file in read(folder.settings)] == ["10", "9"]


def test_two_files_with_one_version_are_refused_but_listed(folder) -> None:
    folder.write(_0001_a="", _0001_b="")
    assert len(listing(folder.settings)) == 2
    with pytest.raises(MigrationError, match=r"0001_a\.sql and 0001_b\.sql"):
        read(folder.settings)


def test_an_absent_folder_is_an_empty_history(folder) -> None:
    assert read(folder.settings) == ()


def test_the_next_index_has_the_width_of_the_others(folder) -> None:
    assert next_path(folder.settings, "Add X!", after=()).name == "0000_add_x.sql"
    folder.write(_009_a="")
    assert next_path(folder.settings, "b", after=read(folder.settings), offset=1).name == "011_b.sql"


def test_no_index_is_left(folder) -> None:
    folder.write(_9_a="")
    with pytest.raises(MigrationError, match="no version of 1 digits"):
        next_path(folder.settings, "b", after=read(folder.settings))


def test_a_timestamp_is_later_than_the_last_one_even_when_the_clock_went_backwards(folder) -> None:
    (folder.root / "pyproject.toml").write_text('[tool.supabase-tasks]\nnaming = "timestamp"\n')
    folder.write(_29990102030405_a="")
    assert next_path(folder.settings, "b", after=read(folder.settings)).name == "29990102030406_b.sql"


def test_one_byte_order_mark_at_the_beginning_is_left_out_as_by_the_cli(folder) -> None:
    folder.write(_0001_a="")
    (folder.migrations / "0001_a.sql").write_bytes("\ufeff\ufeffselect '\ufeff';\r\n".encode())
    assert read(folder.settings)[0].text == "\ufeffselect '\ufeff';\r\n"


def test_what_is_not_utf8_is_read_as_the_cli_reads_it(folder) -> None:
    folder.write(_0001_a="")
    (folder.migrations / "0001_a.sql").write_bytes(b"select '\xff', '\xed\xa0\x80', '\xe2\x82', 'caf\xc3\xa9'")
    assert read(folder.settings)[0].text == "select '\ufffd', '\ufffd\ufffd\ufffd', '\ufffd', 'café'"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_a_file_of_utf16_says_so(folder, encoding: str) -> None:
    folder.write(_0001_a="")
    (folder.migrations / "0001_a.sql").write_bytes("select 1".encode(encoding))
    with pytest.raises(MigrationError, match=r"0001_a\.sql is UTF-16, not UTF-8"):
        _ = read(folder.settings)[0].text


def test_names() -> None:
    from pathlib import Path

    assert parse_name(Path("0001_a b.sql")) is not None
    assert parse_name(Path("a_0001.sql")) is None
    assert slug("  Ünïcode -- and more " * 9) == slug("  Ünïcode -- and more " * 9).strip("_")
    assert slug("!!!") == "migration"
    assert slug("Größe überlängé, 東京") == "grosse_uberlange"
    assert slug("add_a_column_" * 6) == "add_a_column_add_a_column_add_a_column_add_a_column_add_a"
    assert slug("x" * 80) == "x" * 60
    assert slug("x" * 29 + "_" + "y" * 30) == "x" * 29 + "_" + "y" * 30


def test_a_known_digest_stands_for_the_content(folder) -> None:
    folder.write(_0000_a="select 1;", _0001_b="select 2;")
    first = folder.migrations / "0000_a.sql"
    known, read_anew = read(folder.settings, {str(first): digest(b"select 1;")})
    first.unlink()
    assert known.digest == digest(b"select 1;")
    assert (read_anew.known, read_anew.digest) == (None, digest(b"select 2;"))


def test_a_file_that_is_not_what_it_was_known_to_be_is_never_given_out(folder) -> None:
    folder.write(_0000_a="select 1;")
    (file,) = read(folder.settings, {str(folder.migrations / "0000_a.sql"): digest(b"select 0;")})
    with pytest.raises(MigrationError, match=r"0000_a\.sql was edited while"):
        file.text  # noqa: B018
