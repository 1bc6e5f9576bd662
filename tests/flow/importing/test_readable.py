from __future__ import annotations

import pytest

from supabase_tasks.flow.importing import readable, sql_lines

COLUMNS = {"role": "character varying(20)", "status": "text"}
CONDITIONS = {
    "status = ANY (ARRAY['active'::text, 'archived'::text])": "status in ('active', 'archived')",
    "((role)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))": "role in ('a', 'b')",
    "status <> ALL (ARRAY['a'::text, 'b'::text])": "status not in ('a', 'b')",
    "(n = ANY (ARRAY[1, 2]))": "n in (1, 2)",
    # One value would be written as `=`.
    "status = ANY (ARRAY['a'::text])": "status = any (array['a'])",
    "(( SELECT auth.uid() AS uid) = user_id)": "(select auth.uid()) = user_id",
    "((( SELECT auth.uid() AS uid)) = id)": "(select auth.uid()) = id",
    "(a IN (( SELECT b.id FROM b)))": "a in ((select b.id from b))",
    "(f((( SELECT auth.uid() AS uid))) AND (((a = b))))": "f((select auth.uid())) and a = b",
    "(( SELECT auth.uid() AS other) = user_id)": "(select auth.uid() as other) = user_id",
    "((user_id = auth.uid()) AND (open = true) AND ((a = 1) OR (b = 2)))": (
        "user_id = auth.uid() and open = true and (a = 1 or b = 2)"
    ),
    "NOT (a = b)": "not (a = b)",
    "has_permission(id, 'banking'::text)": "has_permission(id, 'banking')",
    "(price > (0)::numeric)": "price > 0",
    "((rate >= (0)::numeric) AND (rate <= (100)::numeric))": "rate between 0 and 100",
    "x IS NULL OR char_length(TRIM(BOTH FROM x)) >= 2 AND char_length(TRIM(BOTH FROM x)) <= 80": (
        "x is null or char_length(trim(x)) between 2 and 80"
    ),
    "open OR id = own() AND gone IS NULL": "open or (id = own() and gone is null)",
    "a >= 1 AND a <= 9 AND b": "a >= 1 and a <= 9 and b",
    "(EXISTS ( SELECT 1\n   FROM (t m\n     JOIN n ON ((n.id = m.id)))\n  WHERE ((m.a = b.a) AND (m.c = 'x'::public.r))))": (
        "exists (select 1 from (t m join n on (n.id = m.id)) where m.a = b.a and m.c = 'x')"
    ),
    "(name ~~ 'x%'::text)": "name like 'x%'",
    "(created_at > (now() - '7 days'::interval))": "created_at > (now() - interval '7 days')",
    "((auth.uid())::text = (storage.foldername(name))[1])": "auth.uid()::text = (storage.foldername(name))[1]",
    # A column of another type needs its cast, a name in capitals its quotes, and what is in quotes is as it is.
    "(other)::text = 'AND'::text": "other::text = 'AND'",
    "\"Or\" = 'it''s (a = b) AND'::text": "\"Or\" = 'it''s (a = b) AND'",
    "a = E'\\n'::text AND (b": "a = E'\\n'::text AND (b",
}


@pytest.mark.parametrize("printed", CONDITIONS)
def test_a_condition_is_written_as_a_person_would(printed: str) -> None:
    assert readable.condition(printed, COLUMNS) == CONDITIONS[printed]


@pytest.mark.parametrize(
    ("printed", "type_", "expected"),
    [
        ("'draft'::public.status", "public.status", "'draft'"), ("'{}'::jsonb", "jsonb", "'{}'"),
        ("(0)::numeric", "numeric(10,2)", "0"), ("'-1'::integer", "integer", "-1"),
        ("'x'::character varying", "character varying(20)", "'x'"), ("'USD'::bpchar", "character(3)", "'USD'"),
        ("(now() + '30 days'::interval)", "timestamp with time zone", "now() + '30 days'::interval"),
        ("timezone('utc'::text, now())", "timestamp without time zone", "timezone('utc'::text, now())"),
        ("(now() AT TIME ZONE 'utc'::text)", "timestamp with time zone", "(now() AT TIME ZONE 'utc'::text)"),
        ("('a'::text COLLATE \"C\")", "text", "('a'::text COLLATE \"C\")"), ("(a IS NULL)", "boolean", "(a IS NULL)"),
        ("(true AND false)", "boolean", "(true AND false)"), ("(1 = 2)", "boolean", "1 = 2"),
        ("((1 + 2) * 3)", "integer", "(1 + 2) * 3"), ("ARRAY['a'::text]", "text[]", "ARRAY['a'::text]"),
        ("'-0.5'::numeric", "double precision", "-0.5"), ("'1 day'::text", "interval", "'1 day'::text"),
    ],
)  # fmt: skip
def test_a_default_needs_no_cast_to_its_own_type(printed: str, type_: str, expected: str) -> None:
    assert readable.default(printed, type_) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("(net * ((1)::numeric + vat_rate))", "net * (1 + vat_rate)"),
        (
            "to_tsvector('english'::regconfig, ((COALESCE(name, ''::text) || ' '::text) || COALESCE(body, ''::text)))",
            "to_tsvector('english', coalesce(name, '') || ' ' || coalesce(body, ''))",
        ),
        ("((a || (b - c)) || d)", "a || (b - c) || d"),
        ("((a - b) || c)", "(a - b) || c"),
        ("lower(name)", "lower(name)"),
        ("(total - (fee)::numeric)", "total - fee::numeric"),
    ],
)
def test_a_computed_column_is_written_as_a_person_would(printed: str, expected: str) -> None:
    assert readable.computation(printed) == expected


def test_long_sql_is_broken_where_its_parts_begin() -> None:
    text = (
        "exists (select 1 from public.members m join public.roles r on (r.id = m.role_id) "
        "where m.organization_id = projects.organization_id and m.role in ('owner', 'admin'))"
    )
    assert sql_lines.broken(text, 60) == [
        "exists (",
        "  select 1",
        "  from public.members m",
        "  join public.roles r on (r.id = m.role_id)",
        "  where m.organization_id = projects.organization_id",
        "    and m.role in ('owner', 'admin')",
        ")",
    ]


def test_no_line_is_wider_than_it_may_be() -> None:
    """Where one was, the whole condition was written as pieces that are cut anywhere."""
    text = (
        "exists (select 1 from public.timetables t join public.students s on s.class_name = t.class_name and "
        "s.department::text = t.department where public.has_any_role(auth.uid(), array['admin'::public.app_role, "
        "'owner'::public.app_role, 'supervisor'::public.app_role]) and t.room = any (t.rooms))"
    )
    assert sql_lines.broken(text, 50) == [
        "exists (",
        "  select 1",
        "  from public.timetables t",
        "  join public.students s",
        "    on s.class_name = t.class_name",
        "    and s.department::text = t.department",
        "  where public.has_any_role(",
        "      auth.uid(),",
        "      array[",
        "        'admin'::public.app_role,",
        "        'owner'::public.app_role,",
        "        'supervisor'::public.app_role",
        "      ]",
        "    )",
        "    and t.room = any (t.rooms)",
        ")",
    ]
    for width in range(48, 120):
        assert max(map(len, sql_lines.broken(text, width))) <= width


def test_alternatives_are_broken_alike() -> None:
    assert sql_lines.broken(
        "state = 'open' and closed_at is null or state = 'closed' and closed_at is not null", 30
    ) == [
        "state = 'open'",
        "and closed_at is null",
        "or state = 'closed'",
        "  and closed_at is not null",
    ]
