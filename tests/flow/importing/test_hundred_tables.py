"""The models of a project with a hundred tables are such as a person would write and read them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support import hundred_tables, warm

from supabase_tasks import postgres, settings

pytestmark = pytest.mark.server

USE = """
import warnings
warnings.simplefilter("error")
from sqlalchemy.orm import configure_mappers
import db.schema
configure_mappers()
from sqlmodel.main import default_registry
from db.schema.customers import Customer, CustomerAddress
from db.schema.employees import Employee
from db.schema.orders import Order, OrderItem
from db.schema.tenancy import Document, Folder, Workspace
order = Order(customer=Customer(name="c"), billing_address=CustomerAddress(), items=[OrderItem(), OrderItem()])
print(order.customer.orders == [order], order.billing_address.orders_as_billing_address == [order], order.items[1].order is order)
boss = Employee(employees=[Employee()])
print(boss.employees[0].manager is boss, Order.invoice.property.uselist)
document = Document(workspace=Workspace(), folder=Folder())
print(document.workspace.documents == [document], document.folder.documents == [document])
print(sum(len(mapper.relationships) for mapper in default_registry.mappers))
"""


@dataclass(frozen=True)
class Import:
    root: Path
    report: dict[str, Any]
    seconds: float

    def module(self, name: str) -> str:
        return (self.root / "db" / "schema" / f"{name}.py").read_text()


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Import]:
    root = tmp_path_factory.mktemp("hundred")
    (root / "supabase" / "migrations").mkdir(parents=True)
    (root / "supabase" / "config.toml").write_text('project_id = "hundred"\n')
    (root / "supabase" / "migrations" / "0000_all.sql").write_text(hundred_tables.migration())
    (root / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "hundred"\n')
    started = time.monotonic()
    command = [sys.executable, "-c", "from supabase_tasks.tasks.program import main; main()", "schema-import", "--json"]
    done = warm.run(command, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    yield Import(root, json.loads(done.stdout), time.monotonic() - started)
    postgres.stop(settings.load(root))


def test_the_import_is_proven_and_quick(imported: Import) -> None:
    report = imported.report
    assert (report["tables"], report["left"], report["notes"]) == (100, [], [])
    # 7 seconds on two idle cores, with the server's start.
    assert imported.seconds < 60


def test_modules_are_domains_of_few_hundred_lines(imported: Import) -> None:
    lengths = {path.stem: len(path.read_text().splitlines()) for path in (imported.root / "db/schema").glob("*.py")}
    assert set(hundred_tables.DOMAINS) | {"tenancy", "general", "profiles"} <= set(lengths)
    assert (max(lengths.values()) <= 400, sum(lengths.values()) < 4500, len(lengths) < 24) == (True, True, True), (
        lengths
    )


def test_relationships_work_and_no_two_contradict_each_other(imported: Import) -> None:
    done = subprocess.run([sys.executable, "-c", USE], cwd=imported.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    *answers, count = done.stdout.split()
    assert answers == ["True", "True", "True", "True", "False", "True", "True"]
    assert int(count) > 150


def test_relationships_are_called_by_what_they_are(imported: Import) -> None:
    orders, customers, tenancy = map(imported.module, ("orders", "customers", "tenancy"))
    for line in (
        '    customer: "Customer" = Relationship(\n',
        '    billing_address: Optional["CustomerAddress"] = Relationship(\n'
        '        back_populates="orders_as_billing_address",\n'
        '        sa_relationship_kwargs={"foreign_keys": "Order.billing_address_id"},\n    )\n',
        '    invoice: Optional["Invoice"] = Relationship(\n        back_populates="order",\n        passive_deletes="all",\n',
        '    order: Order = Relationship(back_populates="items")\n    related_product: "Product" = Relationship(',
        "if TYPE_CHECKING:\n    from db.schema.customers import Customer, CustomerAddress, CustomerTag\n",
        '    labels: list["OrderLabel"] = Relationship(\n        back_populates="order", passive_deletes="all"\n    )\n',
        '    customers_as_favourite_order: list["Customer"] = Relationship(\n',
    ):
        assert line in orders
    assert '    orders: list["Order"] = Relationship(\n' in customers
    assert (
        '    created_by_employee: "Employee" = Relationship(\n        back_populates="customer_notes_created_by",\n'
        in customers
    )
    assert (
        "    folder: Folder = Relationship(\n" in tenancy
        and '    versions: list["DocumentVersion"] = Relationship(' in tenancy
    )
    # A row of its own table that it shares a column with cannot be told from itself.
    assert "parent: " not in tenancy


def test_the_modules_are_formatted_and_clean(imported: Import) -> None:
    for arguments in (["format", "--check"], ["check", "--select", "E,F,I,UP,B", "--line-length", "100"]):
        command = [sys.executable, "-m", "ruff", *arguments, "--isolated", "db"]
        done = subprocess.run(command, cwd=imported.root, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
