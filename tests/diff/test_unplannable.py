"""What a migration cannot say is refused with the pattern of `ignore` that leaves it out."""

from __future__ import annotations

import json
import re

import pytest

from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.catalog.scope import Scope
from supabase_tasks.diff.errors import unplannable
from supabase_tasks.diff.kinds.common import options
from supabase_tasks.diff.kinds.foreign_server import ForeignServer
from supabase_tasks.diff.kinds.user_mapping import UserMapping
from supabase_tasks.errors import DiffError

SERVER = ForeignServer(address=0, name='far "x"', wrapper="w", type="", version="", options=("api_key=hunter2",))
MAPPING = UserMapping(address=0, server="far", role="", secret="password=hunter2")


@pytest.mark.parametrize("item", [SERVER, MAPPING], ids=lambda item: item.kind)
def test_the_next_step_names_the_pattern_that_leaves_it_out(item: Item) -> None:
    found = str(unplannable("a change", item).next_step)
    pattern = json.loads(found.rpartition("ignore = ")[2])
    assert Scope(tuple(pattern)).ignores(item.kind, item.identity)
    assert not Scope(tuple(pattern)).ignores(item.kind, ("another", *item.identity[1:]))


def test_no_value_of_a_secret_option_is_said() -> None:
    with pytest.raises(
        DiffError, match=re.escape('a migration is no place for the options of SERVER "far ""x""": api_key')
    ) as said:
        options.create_clause(SERVER.options, SERVER)
    assert "hunter2" not in str(said.value.as_json()), said.value
