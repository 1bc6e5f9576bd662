"""A password of any characters stays in the environment: no argument, output, JSON, traceback or file shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from support.double.cloud import SECRET_CORE
from support.house import House
from support.leaks import watched, written

TABLE = "create table public.scenes (id int primary key);\n"
AWKWARD = [
    f'it\'s "{SECRET_CORE}"',
    f"\\n{SECRET_CORE}\\",
    f"-%s%(x)s {{0}} ${{HOME}} $(id) `id` {SECRET_CORE} %25 --yes",
    f"a@b:c/d?e=f&g#{SECRET_CORE} päss\u2028wörd",
]


@pytest.fixture(params=AWKWARD, ids=range(len(AWKWARD)))
def password(request: pytest.FixtureRequest, house: House) -> Iterator[str]:
    """Staging's password for one test."""
    given = str(request.param)
    with house.cloud.projects["staging"].cluster.admin() as admin:
        admin.execute(f"alter role postgres password {house.literal(given)}")
    yield given


def forms(password: str) -> set[str]:
    """How a secret may come out of a program: as it is, quoted, escaped."""
    return {
        SECRET_CORE,
        password,
        repr(password)[1:-1],
        json.dumps(password)[1:-1],
        quote(password, safe=""),
        password.encode("unicode_escape").decode(),
    }


def test_it_works_and_is_nowhere(house: House, password: str) -> None:
    house.migration("0000_scenes", TABLE)
    with watched((SECRET_CORE,)) as seen:
        good = house.run("supabase-db-push-staging", "--yes", env={"SUPABASE_DB_PASSWORD_STAGING": password})
        url = f"postgresql://postgres:{quote(password, safe='')}@{house.cloud.projects['staging'].record.db_host}/postgres"
        bad = house.run("supabase-db-drift-staging", "--json", env={"DATABASE_URL_STAGING": url, "INVOKE_DEBUG": "1"})
    assert good.code == 0, good.text
    for form in forms(password):
        assert form not in good.text + bad.text
    assert seen == []
    assert [path for path, text in written(house) if SECRET_CORE in text] == []


@pytest.mark.parametrize("variable", ["SUPABASE_PROJECT_REF_STAGING", "DATABASE_URL_STAGING"])
def test_in_the_wrong_variable_it_is_nowhere_either(house: House, variable: str) -> None:
    for password in AWKWARD[:3]:
        ran = house.run("supabase-db-push-staging", "--dry-run", "--json", env={variable: password})
        assert ran.code == 1, ran.text
        assert SECRET_CORE not in ran.text, password
