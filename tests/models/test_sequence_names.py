"""A table with the usual name of another table's sequence: PostgreSQL gives the sequence another one, in any order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from supabase_tasks import postgres
from supabase_tasks.errors import ModelsError
from supabase_tasks.models import Models, desired
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.server
Load = Callable[..., Models]
HEAD = """
import sqlalchemy as sa
from sqlmodel import Field, SQLModel
from supabase_tasks.schema import View

class Item(SQLModel, table=True):
    id: int | None = Field({column})
"""
KINDS = {
    "serial": "primary_key=True, default=None",
    "identity": "sa_column=sa.Column(sa.Integer, sa.Identity(), primary_key=True)",
    "always": "sa_column=sa.Column(sa.BigInteger, sa.Identity(always=True, start=7), primary_key=True)",
}
TABLE = """
class Clash(SQLModel, table=True):
    __tablename__ = "item_id_seq"
    item_id: str = Field(primary_key=True)
"""


@pytest.mark.parametrize("column", KINDS.values(), ids=KINDS)
def test_a_table_with_the_name_of_a_sequence_is_made(
    column: str, server: postgres.Server, settings: Settings, platform: str, load: Load
) -> None:
    name = desired.build_desired(server, settings, load(HEAD.format(column=column) + TABLE), platform)
    try:
        with server.connect(name) as connection:
            found = connection.execute("select pg_get_serial_sequence('public.item', 'id')").fetchone()
            assert found == ("public.item_id_seq1",)
            assert connection.execute("select count(item_id) from public.item_id_seq").fetchone() == (0,)
    finally:
        server.drop(name)


def test_a_view_with_such_a_name_is_refused_with_the_reason(
    server: postgres.Server, settings: Settings, platform: str, load: Load
) -> None:
    text = HEAD.format(column=KINDS["serial"]) + "View('item_id_seq', 'select 1 as one')\n"
    with pytest.raises(ModelsError) as caught:
        desired.build_desired(server, settings, load(text), platform)
    assert "the sequence of a serial or identity column" in str(caught.value.next_step)
