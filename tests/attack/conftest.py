"""What every attack asks afterwards: was the other project touched?

`house`, `both` and `cloud` (the hosted double) come from `tests/support/hosted.py`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.checking import parent, plugin
from support.house import House
from support.memo_project import place

__all__ = ["parent", "place", "plugin"]

# Every schema, relation, role and ledger row of a database, as one text.
_STATE = """
select coalesce(string_agg(line, e'\\n' order by line), '') from (
  select 'schema ' || nspname from pg_namespace where nspname !~ '^pg_(toast|temp)'
  union all select 'relation ' || oid::regclass || ' ' || relkind::text || coalesce(relacl::text, '') from pg_class
    where relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
  union all select 'policy ' || polname || polrelid::regclass from pg_policy
  union all select 'role ' || rolname from pg_roles
) as lines (line)
"""


@pytest.fixture
def untouched(house: House) -> Callable[[str], bool]:
    """`untouched("prod")`: whether that project's database (objects, roles, ledger) is as the test began with it."""
    states = {name: _state(house, name) for name in house.cloud.projects}

    def ask(name: str) -> bool:
        return _state(house, name) == states[name]

    return ask


@pytest.fixture
def unasked(house: House) -> Callable[[str], bool]:
    """`unasked("prod")`: whether the Management API was never asked for that project by anything but its name."""

    def ask(name: str) -> bool:
        return house.cloud.api.asked(house.cloud.projects[name].ref) == []

    return ask


def _state(house: House, name: str) -> tuple[list[str], str]:
    ((state,),) = house.query(name, _STATE)
    return house.ledger(name), str(state)
