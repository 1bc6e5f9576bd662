"""A column's collation is what the models say after its type changed: kept, left behind, or taken on."""

from __future__ import annotations

from support.generator.judge import Pair, judge

from supabase_tasks.postgres import Server

TABLE = """
create domain d as text;
create table t (id int primary key, kept {}, wider {}, left_alone {}, number {}, named {});
insert into t values (1, '1', '1', '1', '1', '1');
"""
BEFORE = (
    'varchar(10) collate "C"',
    'varchar(10) collate "C"',
    'text collate "C"',
    'text collate "C"',
    'text collate "C"',
)
AFTER = ('text collate "C"', 'varchar(20) collate "C"', "text", "integer", "d")


def test_a_new_type_brings_no_other_collation(server: Server, base: str) -> None:
    for verdict in judge(server, base, Pair(TABLE.format(*BEFORE), TABLE.format(*AFTER), (), ())):
        assert verdict.outcome == "planned", verdict.told
