from __future__ import annotations

from supabase_tasks.flow.importing import relationship_names
from supabase_tasks.flow.importing.keys import ForeignKey


def key(source: str, columns: str, target: str, *, alone: bool = False) -> ForeignKey:
    return ForeignKey(("public", source), tuple(columns.split(", ")), ("public", target), ("id",), True, alone)


def names(*keys: ForeignKey, taken: dict[str, set[str]] | None = None) -> dict[str, tuple[str, str]]:
    tables = {table for one in keys for table in (one.source, one.target)}
    found = relationship_names.choose(keys, {table: (taken or {}).get(table[1], set()) for table in tables})
    return {", ".join(one.columns): pair for one, pair in found.items()}


def test_both_ends_are_called_after_the_column_and_the_tables() -> None:
    assert names(
        key("orders", "customer_id", "customers"),
        key("customer_addresses", "customerId", "customers"),
        key("profiles", "id", "users", alone=True),
        key("categories", "parent_id", "categories"),
        key("inventory", "unit", "unit_of_measure"),
        key("order_statuses", "orderUuid", "orders"),
    ) == {
        "customer_id": ("customer", "orders"),
        "customerId": ("customer", "addresses"),
        "id": ("user", "profile"),
        "parent_id": ("parent", "children"),
        "unit": ("unit", "inventories"),
        "orderUuid": ("order", "statuses"),
    }


def test_of_several_keys_to_one_table_the_natural_one_has_the_plain_name() -> None:
    assert names(
        key("notes", "user_id", "users"), key("notes", "created_by", "users"), key("notes", "reviewer_id", "users")
    ) == {
        "user_id": ("user", "notes"),
        "created_by": ("created_by", "notes_created_by"),
        "reviewer_id": ("reviewer", "notes_as_reviewer"),
    }


def test_of_several_columns_the_one_that_no_other_key_has_tells_the_role() -> None:
    assert names(
        key("tasks", "tenant_id", "tenants"),
        key("tasks", "tenant_id, project_id", "projects"),
        key("tasks", "tenant_id, owner_id", "people"),
    ) == {
        "tenant_id": ("tenant", "tasks"),
        "tenant_id, project_id": ("project", "tasks"),
        "tenant_id, owner_id": ("owner", "tasks"),
    }


def test_a_name_that_is_taken_or_asked_for_twice_gives_way_to_a_longer_one() -> None:
    taken = {"notes": {"author", "owner", "owner_user"}, "users": {"notes"}}
    assert names(key("notes", "author", "users"), taken=taken) == {"author": ("author_user", "notes_as_author")}
    assert names(key("notes", "owner", "users"), taken=taken) == {}
    found = names(key("items", "order_id", "orders"), key("order_items", "orderId", "orders"))
    assert found == {"order_id": ("order", "items_as_order"), "orderId": ("order", "order_items")}
    assert names(key("rows", "metadata_id", "reports"))["metadata_id"][0] == "metadata_"
