"""Strings that are secrets by their place in SQL are masked in whatever leaves this process, registered or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from supabase_tasks.redaction import MASK, forget_all, redact

HIDDEN = [
    "select vault.create_secret('s3cr3t-one', 'name');",
    "select vault.create_secret('s3cr3t-one'::text, 'name')",
    "select vault.create_secret ( -- why\n  'it''s-s3cr3t-one', 'name')",
    "select \"vault\".\"create_secret\"('s3cr3t-one', 'name')",
    "select vault.create_secret(new_name => 'name', new_secret => $q$s3cr3t-one$q$)",
    "select vault.create_secret(new_secret := E's3cr3t-one\\'', new_name := 'name')",
    "select vault.create_secret('s3cr3t-' || 'one', 'name')",
    "select vault.create_secret(coalesce(null, ('s3cr3t-one')), 'name')",
    "select vault.update_secret('6d0c…'::uuid, 's3cr3t-one', 'name')",
    "do $$ begin perform vault.create_secret($s$s3cr3t-one$s$, 'name'); end $$",
    "do $$ begin execute 'select vault.create_secret(''s3cr3t-one'', ''name'')'; end $$",
    "select vault.create_secret('s3cr3t-one of which only the beginning is sho …",
    "insert into vault.secrets (name, secret) values ('name', $x$s3cr3t-one$x$);",
    "update only vault.secrets set secret = 's3cr3t-one' where id = 1;",
    "create role app login password 's3cr3t-one';",
    "alter role app with encrypted PASSWORD E's3cr3t-\\'one'",
    "create user mapping for postgres server far options (user 'u', password 's3cr3t-one')",
]
SHOWN = [
    "select public.create_secretary('of somebody', 'name');",
    "select decrypted_secret from vault.decrypted_secrets where name = 'stripe';",
    "create function vault.create_secret(new_secret text, new_name text) returns uuid",
    "the password is wrong; it's not set",
    "insert into public.secrets (secret) values ('not in the vault');",
    "update vault.secrets set description = d from public.notes; select 'behind it';",
]


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    forget_all()
    yield
    forget_all()


@pytest.mark.parametrize("sql", HIDDEN)
def test_a_secret_by_its_place_is_masked(sql: str) -> None:
    shown = redact(sql)
    assert MASK in shown
    assert not [part for part in ("s3cr3t", "one'", "-one") if part in shown], shown
    assert shown.count("name") == sql.count("name") or "vault.secrets" in sql


@pytest.mark.parametrize("sql", SHOWN)
def test_what_is_none_stays(sql: str) -> None:
    assert redact(sql) == sql


def test_what_the_server_says_of_the_row_is_masked_as_well() -> None:
    said = "detail: Failing row contains (1, czNjcjN0LW9uZQ==)\nselect vault.create_secret('s3cr3t-one', 'a')"
    shown = redact(said)
    assert "czNjcjN0" not in shown and "s3cr3t" not in shown
