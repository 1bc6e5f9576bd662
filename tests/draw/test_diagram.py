from __future__ import annotations

from support.diagrams import shop

from supabase_tasks.draw.diagram import Link


def test_columns_carry_their_types_and_marks() -> None:
    (scenes,) = (entity for entity in shop().entities if entity.name == "public.scenes")
    assert [(c.name, c.type) for c in scenes.columns] == [
        ("id", "bigint"), ("title", "varchar(80)"), ("tags", "text[]"), ("made", "timestamptz"),
        ("owner", "uuid"), ("parent", "bigint"),
    ]  # fmt: skip
    assert scenes.columns[0].primary and not scenes.columns[0].nullable
    assert scenes.columns[4].foreign and not scenes.columns[4].nullable


def test_links_know_how_many_rows_may_refer() -> None:
    assert shop().links == (
        Link("public.scenes", ("owner",), "auth.users", optional=False, single=False),
        Link("public.scenes", ("parent",), "public.scenes", optional=True, single=False),
        Link("public.settings", ("scene",), "public.scenes", optional=False, single=True),
        # Its unique index is partial.
        Link("public.settings", ("shared_with",), "public.scenes", optional=False, single=False),
    )


def test_the_platforms_tables_come_last() -> None:
    assert list(shop().groups) == ["config", "scenes", "auth"]
