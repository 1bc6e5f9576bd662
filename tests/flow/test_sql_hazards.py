from __future__ import annotations

from pathlib import Path

import pytest

from supabase_tasks.flow.targets import sql_hazards
from supabase_tasks.ledger.files import MigrationFile


@pytest.mark.parametrize(
    ("sql", "codes"),
    [
        ("alter table public.a drop column b", {"lock", "data-loss", "incompatible"}),
        ("alter table a alter column b type bigint", {"lock", "rewrite"}),
        ("alter table a alter column b set not null", {"lock", "may-fail"}),
        ("alter table a add column b int not null", {"lock", "may-fail"}),
        ("alter table a add column b int not null default 0", {"lock"}),
        ("alter table a add column b int generated always as identity not null", {"lock"}),
        ("alter table a add column b int generated always as (1) stored", {"lock", "rewrite"}),
        ("alter table a add constraint c check (b > 0)", {"lock", "may-fail"}),
        ("alter table a add constraint c check (b > 0) not valid", {"lock"}),
        ("alter table a disable row level security", {"lock", "rls-widened"}),
        ("alter table a rename to b", {"lock", "incompatible"}),
        ("alter table a rename column b to c", {"lock", "incompatible"}),
        ("drop table a, s.b", {"data-loss"}),
        ("drop schema s cascade", {"data-loss"}),
        ("drop view v", {"incompatible"}),
        ("drop policy p on a", {"lock", "incompatible"}),
        ("create index on a (b)", {"lock"}),
        ("create index concurrently on a (b)", set()),
        ("truncate a", {"data-loss"}),
        ("delete from a", {"data-loss"}),
        ("delete from a where b = 1", set()),
        ("update a set b = 1", {"data-loss"}),
        ("do $$ begin drop table a; end $$", {"may-fail"}),
        ("create table", {"may-fail"}),
        ("create table a (id int); create index on a (id); alter table a add b int not null; delete from a", set()),
        ("create table a as select 1 as b; update a set b = 2; drop table a", set()),
        ("insert into a values (1); select 1; grant select on a to service_role", set()),
        ("", set()),
    ],
)
def test_the_hazards_of(sql: str, codes: set[str]) -> None:
    assert {hazard.code for hazard in sql_hazards.of_sql(sql)} == codes


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "alter table a enable row level security",
            "incompatible: rows of public.a are only seen through its policies",
        ),
        ("alter table a disable row level security", "rls-widened: every role with a grant sees every row of public.a"),
        ("alter table a no force row level security", "rls-widened: the owner of public.a bypasses its policies"),
        (
            "create policy p on s.a to anon, public using (true)",
            "rls-widened: s.a: policy p lets anon, PUBLIC reach every row",
        ),
        (
            "create policy p on a for insert with check (true)",
            "rls-widened: public.a: policy p lets PUBLIC reach every row",
        ),
        ("create policy p on a using (b = 1)", ""),
        (
            "create policy p on a as restrictive to anon using (b = 1)",
            "incompatible: restrictive policy p narrows what anon reach in public.a",
        ),
        ("alter policy p on a to anon", "rls-widened: public.a: policy p now serves anon, whoever it served before"),
        ("alter policy p on a using (true)", "rls-widened: public.a: policy p lets its roles reach every row"),
        ("alter policy p on a using (b = 1)", ""),
        ("create table a (); alter table a enable row level security; create policy p on a using (true)", ""),
        ("grant select on a to anon, service_role", "grant-widened: anon can do more with public.a"),
        ("grant select (b) on s.a to public", "grant-widened: PUBLIC can do more with s.a"),
        ("create table a (); grant all on a to anon", ""),
        ("create view a as select 1; grant all on a to anon", ""),
        (
            "grant all on all tables in schema s to authenticated",
            "grant-widened: authenticated can do more with all tables of s",
        ),
        ("grant execute on function f(int) to anon", "grant-widened: anon can do more with public.f()"),
        ("create function f() returns int language sql as 'select 1'; revoke all on function f() from public", ""),
        # It may be there already.
        (
            "create or replace function f() returns int language sql as 'select 1'; grant execute on function f() to anon",
            "grant-widened: anon can do more with public.f()",
        ),
        (
            "create or replace view v as select 1; grant select on v to anon",
            "grant-widened: anon can do more with public.v",
        ),
        ("create view v as select 1; grant select on v to anon", ""),
        *(
            (
                f"create {what} if not exists {name}; grant all on {word}{name.split()[0]} to anon",
                f"grant-widened: {told}",
            )
            for what, name, word, told in (
                ("table", "a ()", "", "anon can do more with public.a"),
                ("table", "a as select 1", "", "anon can do more with public.a"),
                ("sequence", "q", "sequence ", "anon can do more with public.q"),
                ("schema", "s", "schema ", "anon can do more with schema s"),
                ("materialized view", "v as select 1", "", "anon can do more with public.v"),
            )
        ),
        # Another function of the name is older.
        (
            "create function f(a int, out b text) language sql as ''; grant execute on function f(text) to anon",
            "grant-widened: anon can do more with public.f()",
        ),
        ("create function f(a int, out b text) language sql as ''; grant execute on function f(integer) to anon", ""),
        (
            "create function f(a s.m, variadic b int[]) language sql as ''; grant all on function f(s.m, int4[]) to anon",
            "",
        ),
        ("create function f(a public.m) returns int language sql as ''; grant execute on function f(m) to anon", ""),
        ("create function f(a int) returns int language sql as ''; grant execute on function f to anon", ""),
        (
            "create function g(a int) returns int language sql as ''; grant execute on function f to anon",
            "grant-widened",
        ),
        ("create procedure f() language sql as 'select 1'; grant execute on procedure f() to anon", ""),
        ("create materialized view v as select 1; grant select on v to anon", ""),
        ("create sequence q; grant usage on sequence q to anon", ""),
        ("create schema s; grant usage on schema s to anon", ""),
        ("grant usage on schema s to anon", "grant-widened: anon can do more with schema s"),
        ("grant usage on type s.mood to anon", "grant-widened: anon can do more with s.mood"),
        ("revoke select on a from authenticated", "incompatible: authenticated can do less with public.a"),
        ("revoke grant option for select on a from authenticated", ""),
        ("revoke select on a from service_role", ""),
        ("grant reader to anon", "grant-widened: anon can do all that reader can"),
        ("grant reader to admin", ""),
        ("alter view v set (security_invoker = off)", "rls-widened: public.v runs with its owner's rights"),
        ("alter view v set (security_invoker = 0)", "rls-widened: public.v runs with its owner's rights"),
        ("alter view v set (security_invoker = false)", "rls-widened: public.v runs with its owner's rights"),
        ("alter view v reset (security_invoker)", "rls-widened: public.v runs with its owner's rights"),
        *((f"alter view v set (security_invoker{value})", "") for value in ("", " = on", " = Yes", " = 1", " = 't'")),
        ("alter view v set (security_barrier = off)", ""),
        ("alter table a set (fillfactor = 70)", ""),
        ("alter default privileges grant select on tables to anon", ""),
    ],
)
def test_what_changes_access_rights(sql: str, told: str) -> None:
    found = [f"{one.code}: {one.message}" for one in sql_hazards.of_sql(sql) if one.code != "lock"]
    assert [text[: len(told)] for text in found] == ([told] if told else [])


@pytest.mark.parametrize(
    ("sql", "locks"),
    [
        ("alter table a add foreign key (b) references s.c (id)",
         {("public.a", "SHARE ROW EXCLUSIVE"), ("s.c", "SHARE ROW EXCLUSIVE")}),
        ("alter table a add b int references s.c", {("public.a", "ACCESS EXCLUSIVE"), ("s.c", "SHARE ROW EXCLUSIVE")}),
        ("alter table a validate constraint c", {("public.a", "SHARE UPDATE EXCLUSIVE")}),
        ("alter table a validate constraint c, drop column d", {("public.a", "ACCESS EXCLUSIVE")}),
        ("alter table a enable trigger t", {("public.a", "SHARE ROW EXCLUSIVE")}),
        ("alter table a disable trigger all", {("public.a", "SHARE ROW EXCLUSIVE")}),
        ("alter table a disable rule r", {("public.a", "ACCESS EXCLUSIVE")}),
        ("alter table a attach partition b default", {("public.a", "SHARE UPDATE EXCLUSIVE")}),
        ("alter table a detach partition b", {("public.a", "ACCESS EXCLUSIVE")}),
        ("alter table a detach partition b concurrently", {("public.a", "SHARE UPDATE EXCLUSIVE")}),
        ("alter table a set schema s", {("public.a", "ACCESS EXCLUSIVE")}),
        ("alter type a add attribute b int", set()),
        ("create index on s.a (b)", {("s.a", "SHARE")}),
        ("drop index s.i", {("s.i", "ACCESS EXCLUSIVE")}),
        ("drop index concurrently s.i", set()),
        ("create trigger t before insert on a execute function f()", {("public.a", "SHARE ROW EXCLUSIVE")}),
        ("drop trigger t on s.a", {("s.a", "ACCESS EXCLUSIVE")}),
        ("create rule r as on insert to a do nothing", {("public.a", "ACCESS EXCLUSIVE")}),
        ("drop rule r on a", {("public.a", "ACCESS EXCLUSIVE")}),
        ("create policy p on s.a", {("s.a", "ACCESS EXCLUSIVE")}),
        ("alter policy p on a using (true)", {("public.a", "ACCESS EXCLUSIVE")}),
        ("create statistics s on b, c from a", {("public.a", "SHARE UPDATE EXCLUSIVE")}),
        ("alter publication p add table a", {("public.a", "SHARE UPDATE EXCLUSIVE")}),
        ("create publication p for all tables", set()),
        ("create or replace view v as select 1", {("public.v", "ACCESS EXCLUSIVE")}),
        ("create view v as select 1; create or replace view v as select 2", set()),
    ],
)  # fmt: skip
def test_which_lock_is_taken_on(sql: str, locks: set[tuple[str, str]]) -> None:
    assert {(hazard.relation, hazard.lock) for hazard in sql_hazards.of_sql(sql) if hazard.code == "lock"} == locks


def test_a_table_made_by_an_earlier_file_of_the_push_is_new(tmp_path: Path) -> None:
    files = []
    for version, sql in (("0", "create table a (id int);"), ("1", "alter table a add b int not null;")):
        path = tmp_path / f"{version}_m.sql"
        path.write_text(sql)
        files.append(MigrationFile(path, version, "m"))
    assert [found for _, found in sql_hazards.scan(files)] == [(), ()]
    assert sql_hazards.scan(files[1:])[0][1] != ()
