from sqlalchemy import Column, Integer, MetaData, Table, select

from supabase_tasks.schema import MaterializedView, View, ViewIndex

nowhere = MetaData()
notes = Table("notes", MetaData(), Column("id", Integer), Column("n", Integer))


def test_a_view_takes_every_form_of_query() -> None:
    query = select(notes.c.id).where(notes.c.n % 2 == 0)
    forms = [
        View("v", form, metadata=nowhere).statements()
        for form in (query, lambda: query, "SELECT public.notes.id\nFROM public.notes\nWHERE public.notes.n % 2 = 0;")
    ]
    assert forms[0] == forms[1] == forms[2]


def test_every_option_of_a_view() -> None:
    view = View(
        "v", "select 1", "app", ["One"], security_barrier=True, check_option="cascaded", metadata=nowhere
    ).statements()[0]
    assert view == (
        'create view app.v ("One")\n'
        "  with (security_invoker = true, security_barrier = true, check_option = cascaded) as\nselect 1"
    )


def test_every_option_of_a_materialised_view() -> None:
    view = MaterializedView(
        "m",
        "select 1 as a, 2 as b;",
        "app",
        storage={"fillfactor": 80},
        with_data=False,
        indexes=[ViewIndex("i", ["a", "(lower(b::text))"], True, "btree", ["b"], "a > 0", comment="For search.")],
        metadata=nowhere,
    )
    assert view.statements() == [
        "create materialized view app.m\n  with (fillfactor = 80) as\nselect 1 as a, 2 as b\nwith no data"
    ]
    index, comment = view.parts()
    assert index.identity == ("app", "i")
    assert index.statements() == [
        "create unique index i on app.m using btree (a, (lower(b::text))) include (b) where a > 0"
    ]
    assert comment.statements() == ["comment on index app.i is 'For search.'"]
