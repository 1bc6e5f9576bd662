"""Keys and indexes that a partition gets with its table have the names that the models' database has, whatever PostgreSQL chose.

It names them after the columns of the index that is copied, which keep their names when the table's column is renamed.
"""

from __future__ import annotations

import pytest
from support.generator.judge import Pair, judge

from supabase_tasks.postgres import Server

TABLE = """
create table p (id int, k9 text, k10 text, unique (id, k10), unique (id, k9)) partition by range (id);
create index p14 on p (k10);
create index p15 on p (lower(k9));
create index on p (k9, k10);
create table p1 partition of p for values from (100) to (101);
"""
WITHOUT = TABLE.replace("create index p14 on p (k10);", "")
NEW = "create table p2 partition of p for values from (1) to (2);"
NESTED = """
create table p3 partition of p for values from (3) to (9) partition by range (id);
create table p31 partition of p3 for values from (4) to (5);
"""
OLDER = "alter table p rename k10 to kk;"
KEYED = """
create table r (id int primary key);
create table p (id int primary key, r int constraint fk references r (id)) partition by range (id);
"""
OPTIONS = "alter index p2_k10_idx set (fillfactor = 60); alter index p2_k9_k10_idx rename to foo;"
EXCHANGED = """
alter index p2_k10_idx rename to q; alter index p2_k9_k10_idx rename to p2_k10_idx; alter index q rename to p2_k9_k10_idx;
alter table p2 rename constraint p2_id_k9_key to q; alter table p2 rename constraint p2_id_k10_key to p2_id_k9_key;
alter table p2 rename constraint q to p2_id_k10_key;
"""
LONG = "a_very_long_name_of_a_partitioned_table_that_is_cut_som"
CUT = f"""
create table {LONG} (the_first_of_the_long_columns int, the_second_of_the_long_columns text,
    primary key (the_first_of_the_long_columns)) partition by range (the_first_of_the_long_columns);
create index on {LONG} (the_second_of_the_long_columns);
create table {LONG}p1 partition of {LONG} for values from (1) to (2);
"""
CUT_NEW = f"create table {LONG}p2 partition of {LONG} for values from (2) to (3);"
EXCLUSIVE = """
create extension if not exists btree_gist;
create schema s;
create table s.p (id int, r int4range, b text, unique (id) include (b), exclude using gist (id with =, r with &&))
    partition by list (id);
create index on s.p ((b || 'x'));
"""
AGED = "alter table s.p rename b to bb; alter table s.p rename r to rr;"


def younger(sql: str) -> str:
    for old, new in (
        ("r int4", "rr int4"),
        ("r with", "rr with"),
        ("b text", "bb text"),
        ("(b)", "(bb)"),
        ("b ||", "bb ||"),
    ):
        sql = sql.replace(old, new)
    return sql


def exchanged(sql: str) -> str:
    return sql.replace("k10", "other").replace("k9", "k10").replace("other", "k9")


RENAMED = ("column:public.p.k10:public.p.kk",)
EXCHANGE = ("column:public.p.k9:public.p.k10", "column:public.p.k10:public.p.k9")
CASES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "renamed with a new partition": (TABLE, TABLE.replace("k10", "kk") + NEW, RENAMED),
    "exchanged with partitions of a partition": (TABLE, exchanged(TABLE) + NESTED, EXCHANGE),
    "renamed long ago": (TABLE + OLDER, TABLE.replace("k10", "kk") + NEW + NESTED, ()),
    "all new, from a database that renamed": ("create schema z;", TABLE + NEW + OLDER, ()),
    "a new index, from a database that renamed": (WITHOUT.replace("k10", "kk"), TABLE + NEW + OLDER, ()),
    "other parameters and names": (TABLE, TABLE + NEW + OPTIONS, ()),
    "all new, with other parameters and names": ("create schema z;", TABLE + NEW + OPTIONS, ()),
    "names of each other": (TABLE, TABLE + NEW + EXCHANGED, ()),
    "two of one name": (TABLE + "create index on p (k10);", TABLE + "create index on p (k10);" + NEW, ()),
    "names that are cut": (CUT, CUT + CUT_NEW, ()),
    "exclusion, included columns and expressions": (
        EXCLUSIVE + AGED,
        younger(EXCLUSIVE) + "create table s.p2 partition of s.p for values in (2);",
        (),
    ),
    "primary and foreign keys": (
        KEYED,
        KEYED + NEW + "alter table p2 rename constraint p2_pkey to pp; alter table p2 rename constraint fk to ff;",
        (),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_new_partition_has_the_names_of_the_models(server: Server, base: str, case: str) -> None:
    before, after, answers = CASES[case]
    for verdict in judge(server, base, Pair(before, after, (case,), answers)):
        assert verdict.outcome == "planned", verdict.told
