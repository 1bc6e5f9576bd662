from __future__ import annotations

from supabase_tasks.flow.importing import domains

SHOP = [
    "orders", "order_items", "order_notes", "customers", "invoices", "invoice_lines", "products", "product_images",
    "product_prices", "audit_events", "settings", "addresses", "payments", "payment_attempts",
]  # fmt: skip
REFERENCES = {
    "orders": ["customers"],
    "order_items": ["orders", "products"],
    "order_notes": ["orders"],
    "addresses": ["customers"],
    "invoice_lines": ["invoices"],
    "invoices": ["orders"],
}


def grouped(names: list[str], references: dict[str, list[str]]) -> dict[str, list[str]]:
    found = domains.group(
        [("public", name) for name in names],
        {("public", name): [("public", target) for target in targets] for name, targets in references.items()},
    )
    return {module: [name for _, name in tables] for module, tables in found.items()}


def test_modules_are_domains_and_tables_follow_what_they_refer_to() -> None:
    assert grouped(SHOP, REFERENCES) == {
        "general": ["audit_events", "settings"],
        "invoices": ["invoices", "invoice_lines"],
        "orders": ["customers", "orders", "addresses", "order_items", "order_notes"],
        "payments": ["payment_attempts", "payments"],
        "products": ["product_images", "product_prices", "products"],
    }


def test_a_word_that_most_tables_begin_with_says_nothing() -> None:
    assert list(grouped([f"app_{name}" for name in SHOP], {})) == [
        "general", "invoices", "orders", "payments", "products",
    ]  # fmt: skip


def test_a_long_module_is_divided_by_the_next_word() -> None:
    names = ["supplier_documents", "supplier_document_lines", "supplier_notes", "suppliers"]
    tables = [("public", name) for name in names]
    assert domains.group(tables, {}, dict.fromkeys(tables, 200)) == {
        "supplier_documents": [("public", "supplier_document_lines"), ("public", "supplier_documents")],
        "suppliers": [("public", "supplier_notes"), ("public", "suppliers")],
    }


def test_what_refers_to_a_hub_only_is_no_part_of_it() -> None:
    words = ("order", "invoice", "product", "payment", "team", "note")
    names = [f"{word}{ending}" for word in (*words, "workspace") for ending in ("s", "_events")] + ["automations"]
    found = grouped(names, {name: ["workspaces"] for name in names if name != "workspaces"})
    assert found["workspaces"] == ["workspaces", "workspace_events"] and found["general"] == ["automations"]


def test_a_circle_of_references_has_an_order() -> None:
    assert domains.in_order([("p", "a"), ("p", "b")], {("p", "a"): [("p", "b")], ("p", "b"): [("p", "a")]}) == [
        ("p", "a"), ("p", "b"),
    ]  # fmt: skip


def test_few_tables_are_one_module_named_like_their_schema() -> None:
    assert list(domains.group([("shop", "a"), ("public", "b")], {})) == ["public", "shop"]
    assert list(domains.group([("enums", "a")], {})) == ["enums_"]


def test_a_module_that_is_still_long_is_divided_by_what_refers_to_what() -> None:
    names = ["jobs", "runs", "steps", "people", "teams", "badges"]
    references = {"runs": ["jobs"], "steps": ["runs", "jobs"], "people": ["teams"], "badges": ["people"]}
    tables = [("public", name) for name in names]
    found = domains.group(
        tables,
        {("public", name): [("public", target) for target in targets] for name, targets in references.items()},
        dict.fromkeys(tables, 130),
    )
    assert {module: [name for _, name in members] for module, members in found.items()} == {
        "jobs": ["jobs", "runs", "steps"],
        "teams": ["teams", "people", "badges"],
    }


def test_a_table_that_is_alone_in_its_piece_gives_it_its_name() -> None:
    """`case_2.py` held one table, `file`."""
    names = ["case", "case_comment", "case_event", "case_field", "file", *(f"x{n}" for n in range(9))]
    tables = [("public", name) for name in names]
    references = {table: [("public", "case")] for table in tables[1:5]}
    found = domains.group(tables, references, {table: 390 if table[1] == "file" else 90 for table in tables[:5]})
    assert found["file"] == [("public", "file")]
    assert [name for name in found if name.startswith("case_")] == []


def test_long_tables_that_nothing_ties_are_numbered_modules_or_named_like_the_only_one() -> None:
    tables = [("public", name) for name in ("countries", "units", "webhooks")]
    assert list(domains.group(tables, {}, dict.fromkeys(tables, 190))) == ["general", "webhooks"]
    assert list(domains.group(tables, {}, dict.fromkeys(tables, 390))) == ["countries", "units", "webhooks"]
    several = [("public", name) for name in ("countries", "units", "webhooks", "zones")]
    assert list(domains.group(several, {}, dict.fromkeys(several, 190))) == ["general", "general_2"]
