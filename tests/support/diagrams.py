"""Schemas to draw: one that shows every mark, and random ones of any size."""

from __future__ import annotations

import random

from sqlalchemy import BigInteger, Column, ForeignKey, Index, MetaData, String, Table, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP, UUID

from supabase_tasks.draw.diagram import Detail, Diagram, read
from supabase_tasks.draw.diagram_changes import compare

POLICY = "create policy readers on public.scenes\n  for select to authenticated\n  using ({})"


def shop() -> Diagram:
    """Scenes with a parent, one setting row each, an owner in auth."""
    metadata = MetaData()
    Table("users", metadata, Column("id", UUID, primary_key=True), schema="auth")
    Table(
        "scenes", metadata,
        Column("id", BigInteger, primary_key=True),
        Column("title", String(80), nullable=False),
        Column("tags", ARRAY(Text)),
        Column("made", TIMESTAMP(timezone=True)),
        Column("owner", UUID, ForeignKey("auth.users.id"), nullable=False),
        Column("parent", BigInteger, ForeignKey("scenes.id")),
        comment="A <scene> & its rows",
    )  # fmt: skip
    Table(
        "settings", metadata,
        Column("scene", BigInteger, ForeignKey("scenes.id"), nullable=False),
        Column("shared_with", BigInteger, ForeignKey("scenes.id"), nullable=False),
        UniqueConstraint("scene"),
        Index("once", "shared_with", unique=True, postgresql_where=text("scene > 3")),
    )  # fmt: skip
    return read(
        metadata,
        groups={"public.scenes": "scenes", "public.settings": "config", "auth.users": "auth"},
        external=frozenset({"auth.users"}),
        policies={"public.scenes": 2},
        details={
            "public.scenes": [
                Detail("index", "ix_scenes_owner", "create index ix_scenes_owner on public.scenes (owner)"),
                Detail("policy", "readers", POLICY.format("owner = auth.uid() and title <> '<b>'")),
            ]
        },
        others=[
            Detail("enum", "public.state", "create type public.state as enum ('draft', 'it''s <out>')", is_type=True),
            Detail("view", "public.open_scenes", "create view public.open_scenes as select id from public.scenes"),
            Detail("function", "private.is_owner(uuid)", "create function private.is_owner(id uuid) …"),
        ],
    )


def changed_shop() -> Diagram:
    """The shop, compared with what it was: another table, other columns, another policy, no enum."""
    metadata = MetaData()
    Table("users", metadata, Column("id", UUID, primary_key=True), schema="auth")
    Table(
        "scenes", metadata,
        Column("id", BigInteger, primary_key=True),
        Column("title", String(40)),
        Column("tags", ARRAY(Text)),
        Column("made", TIMESTAMP(timezone=True)),
        Column("mood", Text),
        Column("owner", UUID, ForeignKey("auth.users.id"), nullable=False),
        comment="A <scene> & its rows",
    )  # fmt: skip
    Table(
        "notes",
        metadata,
        Column("id", BigInteger, primary_key=True),
        Column("scene", BigInteger, ForeignKey("scenes.id")),
    )
    before = read(
        metadata,
        groups={"public.scenes": "scenes", "public.notes": "scenes", "auth.users": "auth"},
        external=frozenset({"auth.users"}),
        policies={"public.scenes": 1},
        details={"public.scenes": [Detail("policy", "readers", POLICY.format("owner = auth.uid()"))]},
        others=[Detail("view", "public.open_scenes", "create view public.open_scenes as select 1")],
    )
    return compare(before, shop(), "migrations")


def random_schema(tables: int, seed: int) -> Diagram:
    """So many tables in about a fifth as many groups, with references across them, to themselves and to one hub."""
    dice = random.Random(seed)
    metadata = MetaData()
    names = [f"table_{number}" for number in range(tables)]
    for name in names:
        targets = dice.sample(names, min(len(names), dice.choice([0, 1, 1, 2, 3]))) + ["table_0"] * dice.randint(0, 1)
        Table(
            name, metadata,
            Column("id", BigInteger, primary_key=True),
            *(Column(f"ref_{i}", BigInteger, ForeignKey(f"{target}.id")) for i, target in enumerate(targets)),
            *(Column(f"field_{number}", Text) for number in range(dice.randint(0, 14))),
        )  # fmt: skip
    groups = {f"public.{name}": f"group_{dice.randrange(max(1, tables // 5))}" for name in names}
    return read(metadata, groups=groups)
