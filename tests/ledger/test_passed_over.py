"""The first migration that the CLI takes for a baseline of its own: neither major applies it, and neither do we."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support import clis, local
from support.clone import Clone
from support.local import Place

from supabase_tasks.ledger.check import check_ledger
from supabase_tasks.ledger.files import listing, passed_over

OLD, NEW = "20211208235959_init", "20211209000000_init"
CASES = [
    ([OLD, "20220101000000_more"], OLD),
    (["00000000000000_init", "0001_notes"], "00000000000000_init"),
    ([NEW, "20220101000000_more"], None),
    (["20200101000000_initial", "20200102000000_init"], None),
    (["0001_init", "0002_more"], None),
]


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with local.running() as made:
        yield made


def names(found: str | None) -> str | None:
    return f"{found}.sql" if found else None


@pytest.mark.parametrize(("files", "skipped"), CASES)
def test_the_first_old_init_is_passed_over(files: list[str], skipped: str | None) -> None:
    assert passed_over(f"{name}.sql" for name in files) == names(skipped)


@pytest.mark.parametrize("other", [".gitkeep", "README.md"])
def test_another_entry_in_front_counts(other: str) -> None:
    # The CLI goes by the first name of the folder, whatever it is.
    assert passed_over([other, f"{OLD}.sql"]) == (None if other < OLD else f"{OLD}.sql")


@pytest.mark.server
@pytest.mark.parametrize("major", clis.VERSIONS)
@pytest.mark.parametrize(("files", "skipped"), CASES[:3])
def test_the_cli_applies_what_we_list(place: Place, major: str, files: list[str], skipped: str | None) -> None:
    place.empty()
    for path in (place.root / "supabase" / "migrations").iterdir():
        path.unlink()
    (place.root / "supabase" / "seed.sql").unlink()
    for number, name in enumerate(files):
        place.migration(name, f"create table public.t{number} (id int primary key);\n")
    place.ok("supabase-db-reset", env={"SUPABASE_CLI_BINARY_OVERRIDE": str(clis.path(major))})
    applied = {version for (version,) in place.query("select version from supabase_migrations.schema_migrations")}
    assert applied == {file.version for file in listing(place.settings)}
    found = check_ledger(place.settings).problems
    assert [(one.code, one.file) for one in found if one.code == "passed-over"] == (
        [("passed-over", names(skipped))] if skipped else []
    )


def test_giving_it_another_name_is_no_rename_of_something_applied(folder: Clone) -> None:
    folder.git("init", "-q", "-b", "main")
    folder.write(**{OLD: "select 0;\n", "20220101000000_more": "select 1;\n"})
    folder.commit()
    folder.git("switch", "-q", "-c", "feature")
    assert [one.code for one in check_ledger(folder.settings).problems] == ["passed-over"]
    (folder.migrations / f"{OLD}.sql").rename(folder.migrations / "20220101000001_initial.sql")
    assert check_ledger(folder.settings).problems == ()
