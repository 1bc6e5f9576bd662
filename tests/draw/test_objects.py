from __future__ import annotations

import pytest

from supabase_tasks.draw.changed import compare
from supabase_tasks.draw.objects import parse


def test_nothing_differs_between_a_dump_and_itself(dumps: tuple[str, str]) -> None:
    assert compare(dumps[0], dumps[0]) == []


def test_every_object_that_differs_is_found_and_belongs_to_its_table(dumps: tuple[str, str]) -> None:
    found = {(one.owner, one.type, one.name): one.action for one in compare(*dumps)}
    assert found == {
        ("shop.old_notes", "TABLE", "old_notes"): "gone",
        ("shop.old_notes", "CONSTRAINT", "old_notes old_notes_pkey"): "gone",
        ('shop.order & <items>', "TABLE", "order & <items>"): "new",
        ('shop.order & <items>', "CONSTRAINT", "order & <items> order & <items>_pkey"): "new",
        ('shop.order & <items>', "FK CONSTRAINT", "order & <items> order & <items>_scene_fkey"): "new",
        ("shop.scenes", "TABLE", "scenes"): "changed",
        ("shop.scenes", "ACL", "TABLE scenes"): "new",
        ("shop.scenes", "COMMENT", "TABLE scenes"): "new",
        ("shop.scenes", "POLICY", "scenes owners read"): "changed",
        ("shop.scenes", "POLICY", "scenes owners write"): "new",
        ("shop.scenes", "TRIGGER", "scenes scenes_touch"): "new",
        ("shop.status", "TYPE", "status"): "changed",
        ("shop.touch()", "FUNCTION", "touch()"): "changed",
    }  # fmt: skip


def test_an_entry_is_its_statement_without_the_dumps_noise(dumps: tuple[str, str]) -> None:
    texts = {one.name: one.text for one in parse(dumps[1])}
    assert texts["scenes scenes_touch"].startswith("CREATE TRIGGER scenes_touch")
    assert not any("database dump complete" in text or "SET default_" in text for text in texts.values())


def test_an_index_belongs_to_its_table(dumps: tuple[str, str]) -> None:
    assert {one.owner for one in parse(dumps[0]) if one.type == "INDEX" and one.name == "scenes_owner"} == {
        "shop.scenes"
    }


def test_the_ledger_of_the_migrations_is_no_change(dumps: tuple[str, str]) -> None:
    head = "Name: schema_migrations; Type: TABLE; Schema: supabase_migrations; Owner: postgres"
    entry = f"\n--\n-- {head}\n--\n\nCREATE TABLE x ();\n"
    assert parse(entry) != []
    assert compare(dumps[0] + entry, dumps[0]) == []


@pytest.mark.parametrize(
    ("kind", "tag", "owner"),
    [
        ("ACL", 'TABLE "Order"', "shop.Order"),
        ("ACL", 'SEQUENCE "مستخدمون_id_seq"', "shop.مستخدمون_id_seq"),
        ("ACL", 'COLUMN "a.b"."c.d"', "shop.a.b"),
        ("ACL", 'FUNCTION "My fn"(a integer)', "shop.My fn(a integer)"),
        ("COMMENT", 'TABLE "say ""hi"""', 'shop.say "hi"'),
        ("COMMENT", "COLUMN scenes.title", "shop.scenes"),
        ("COMMENT", 'POLICY "p q" ON "Order"', "shop.Order"),
    ],
)
def test_what_is_said_of_an_object_with_quotes_around_its_name_belongs_to_it(kind: str, tag: str, owner: str) -> None:
    entry = f"\n--\n-- Name: {tag}; Type: {kind}; Schema: shop; Owner: postgres\n--\n\nSELECT 1;\n"
    assert [one.owner for one in parse(entry)] == [owner]
