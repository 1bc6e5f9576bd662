"""What a comparison of two dumps counts as a change: no noise, and a rename as one."""

from __future__ import annotations

from supabase_tasks.draw.changed import cards, compare


def entry(type_: str, name: str, text: str, schema: str = "public") -> str:
    return f"--\n-- Name: {name}; Type: {type_}; Schema: {schema}; Owner: postgres\n--\n\n{text}\n\n\n"


def test_the_order_of_privileges_is_no_change() -> None:
    lines = ["GRANT SELECT ON TABLE public.a TO anon;", "GRANT ALL ON TABLE public.a TO service_role;"]
    before, after = (entry("ACL", "TABLE a", "\n".join(order)) for order in (lines, lines[::-1]))
    assert compare(before, after) == []


def test_what_a_rename_only_prints_differently_is_no_change() -> None:
    def dump(table: str, column: str = "a integer") -> str:
        return (
            entry("TABLE", table, f"CREATE TABLE public.{table} (\n    {column}\n);")
            + entry("CONSTRAINT", f"{table} k", f"ALTER TABLE ONLY public.{table}\n    ADD CONSTRAINT k UNIQUE (a);")
            + entry("POLICY", f"{table} p", f"CREATE POLICY p ON public.{table} USING ((a IN ( SELECT {table}.a FROM o)));")
            + entry("ROW SECURITY", table, f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY;")
            + entry("FK CONSTRAINT", "other fk", f"ALTER TABLE public.other\n    ADD CONSTRAINT fk REFERENCES public.{table}(a);")
            + entry("VIEW", "v", f"CREATE VIEW public.v AS\n SELECT a\n   FROM public.{table};")
        )  # fmt: skip

    renamed = {"public.old": "public.new"}
    (only,) = compare(dump("old"), dump("new"), renamed=renamed)
    assert (only.owner, only.type, only.action, only.former) == ("public.new", "TABLE", "renamed", "public.old")
    (card,) = cards([only], renamed)
    assert (card.action, card.former) == ("renamed", "public.old")


def test_a_swap_of_two_names_is_two_renames() -> None:
    def dump(first: str, second: str) -> str:
        texts = (entry("TABLE", name, f"CREATE TABLE public.{name} (\n    {column} integer\n);")
                 for name, column in sorted([(first, "x"), (second, "y")]))  # fmt: skip
        return "".join(texts)

    found = compare(dump("a", "b"), dump("b", "a"), renamed={"public.a": "public.b", "public.b": "public.a"})
    assert [(one.owner, one.action, one.former) for one in found] == [
        ("public.a", "renamed", "public.b"),
        ("public.b", "renamed", "public.a"),
    ]


def test_a_part_with_another_name_is_one_change() -> None:
    before = entry("INDEX", "was", "CREATE INDEX was ON public.a USING btree (b);")
    after = entry("INDEX", "now", "CREATE INDEX now ON public.a USING btree (b);")
    (one,) = compare(before, after)
    assert (one.action, one.owner, one.former) == ("renamed", "public.a", "was")


def test_what_belongs_to_a_table_stands_with_it() -> None:
    new = (
        entry("TABLE", "a b", 'CREATE TABLE public."a b" (\n);')
        + entry(
            "SEQUENCE", "a b_id_seq", 'ALTER TABLE public."a b" ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (\n);'
        )
        + entry("ACL", "SEQUENCE a b_id_seq", 'GRANT ALL ON SEQUENCE public."a b_id_seq" TO anon;')
        + entry("INDEX", "i", 'CREATE INDEX i ON public."a b" USING btree (id);')
        + entry("COMMENT", "INDEX i", "COMMENT ON INDEX public.i IS 'x';")
        + entry("COMMENT", "POLICY p ON a b", "COMMENT ON POLICY p ON public.\"a b\" IS 'x';")
        + entry("PUBLICATION TABLE", "p a b", 'ALTER PUBLICATION p ADD TABLE ONLY public."a b";')
    )
    assert {one.owner for one in compare("", new)} == {"public.a b"}
    assert {one.owner for one in compare("", entry("COMMENT", "EXTENSION x", "COMMENT", "-"))} == {"x"}
