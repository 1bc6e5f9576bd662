"""Where names that differ in case only are one file (macOS, Windows): nothing that we write or ship overwrites its like."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from supabase_tasks.flow.importing import domains
from supabase_tasks.ledger import files as ledger

ROOT = Path(__file__).parents[2]
NAMES = [
    "Orders",
    "orders",
    "ORDERS",
    "OrderItems",
    "orderitems",
    "order_items",
    "Customer",
    "customers",
    "CUSTOMERS_x",
    "Straße",
]


def one_file(names: Iterable[str]) -> list[str]:
    """Those of the names that such a disk takes for another one."""
    counted = Counter(name.casefold() for name in names)
    return sorted(name for name, count in counted.items() if count > 1)


@pytest.mark.parametrize("lines", [1, 30, 200])
def test_modules_of_an_import_differ_in_more_than_case(lines: int) -> None:
    tables = [(schema, name) for schema in ("public", "Public", "shop") for name in NAMES]
    found = domains.group(tables, {}, dict.fromkeys(tables, lines))
    assert sorted(table for members in found.values() for table in members) == sorted(tables)
    assert one_file(found) == []


def test_a_migration_has_no_capitals_that_could_tell_it_from_another() -> None:
    assert {ledger.slug("Add Users"), ledger.slug("ADD users"), ledger.slug("add_users")} == {"add_users"}


def test_no_two_files_of_the_repository_are_one() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git checkout")
    assert len(listed.stdout) > 1000
    assert one_file(filter(None, listed.stdout.split("\0"))) == []
