from __future__ import annotations

import pytest

from supabase_tasks.nx.invocation import configuration

TARGET = "supabase-db-reset"


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("node /x/node_modules/.bin/nx run app:supabase-db-reset", None),
        ("node /x/node_modules/.bin/nx run app:supabase-db-reset:staging", "staging"),
        ("node /x/nx/dist/bin/nx.js run app:supabase-db-reset --configuration=prdo", "prdo"),
        ("nx run app:supabase-db-reset -c prod", "prod"),
        ("nx supabase-db-reset app --configuration qa", "qa"),
        ("nx run-many -t supabase-db-reset --prod", "production"),
        ("nx run app:supabase-db-reset -- -c prod", None),
        ("nx run app:other:prod", None),
        ("bash -c nx-like run app:supabase-db-reset:staging", None),
        ("inv supabase-db-reset", None),
    ],
)
def test_what_a_command_line_asks_for(words: str, asked: str | None) -> None:
    assert configuration(words.split(), TARGET) == asked
