"""`migrations-squash` and what lives in the platform's schemas: compared, carried or named, and no secret shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support import local
from support.local import Place

pytestmark = pytest.mark.server
SQUASH = ("migrations-squash", "--fresh", "staging,prod")
SECRETS = ("s3cr3t-of-stripe", "other-secret-value")


@pytest.fixture(scope="module")
def module_place() -> Iterator[Place]:
    with local.running() as place:
        yield place


@pytest.fixture
def place(module_place: Place) -> Place:
    module_place.empty()
    return module_place


def test_queues_jobs_secrets_grants_and_buckets_are_carried(place: Place) -> None:
    place.migration(
        "0001_notes",
        "create extension pgmq;\ncreate extension pg_cron;\nselect pgmq.create('jobs');\n"
        f"{local.NOTES}select cron.schedule('nightly', '0 0 * * *', 'select 1');\n"
        f"select vault.create_secret('{SECRETS[0]}', 'stripe_key', 'why');\n",
    )
    place.migration(
        "0002_tags",
        f"{local.TAGS}do $$ begin perform pgmq.create('later'); perform vault.create_secret('{SECRETS[1]}', 'b'); end $$;\n"
        "grant usage on schema cron to service_role;\nalter table pgmq.q_jobs enable row level security;\n"
        "insert into storage.buckets (id, name) values ('models', 'models');\n"
        "select cron.unschedule('nightly');\nselect cron.schedule('hourly', '0 * * * *', $$select 2$$);\n",
    )
    shown = place.ok(*SQUASH, "--dry-run")
    assert not [secret for secret in SECRETS if secret in shown.stdout + shown.stderr]
    assert "create_secret('********', 'stripe_key'" in shown.stdout
    place.ok(*SQUASH)
    place.ok("supabase-db-reset")
    assert place.query("select queue_name from pgmq.list_queues() order by 1") == [("jobs",), ("later",)]
    assert place.query("select pgmq.send('jobs', '{}'), pgmq.send('later', '{}')") == [(1, 1)]
    assert place.query("select jobname, schedule from cron.job") == [("hourly", "0 * * * *")]
    assert place.query("select name, decrypted_secret from vault.decrypted_secrets order by 1") == [
        ("b", SECRETS[1]),
        ("stripe_key", SECRETS[0]),
    ]
    assert place.query("select id from storage.buckets") == [("models",)]
    assert place.query("select relrowsecurity from pg_class where oid = 'pgmq.q_jobs'::regclass") == [(True,)]
    assert place.query("select has_schema_privilege('service_role', 'cron', 'usage')") == [(True,)]


@pytest.mark.parametrize(
    ("made", "named"),
    [
        ("perform pgmq.create('hidden')", "pgmq.q_hidden"),
        ("perform cron.schedule('hidden', '0 0 * * *', 'select 1')", "rows of cron.job"),
        (f"perform vault.create_secret('{SECRETS[0]}', 'hidden')", "rows of vault.secrets"),
    ],
)
def test_what_a_function_of_the_project_did_there_is_named(place: Place, made: str, named: str) -> None:
    place.migration("0001_notes", f"create extension pgmq;\ncreate extension pg_cron;\n{local.NOTES}")
    place.migration(
        "0002_tags",
        f"create function public.set_up() returns void language plpgsql as $f$ begin {made}; end $f$;\n"
        "select public.set_up();\n",
    )
    ran = place.inv(*SQUASH, "--json")
    assert named in ran.error["cause"] and "--to VERSION" in ran.error["fix"]
    assert SECRETS[0] not in str(ran.error["cause"]) + ran.error["message"]
    assert len(list((place.root / "supabase/migrations").iterdir())) == 2


def baseline(place: Place) -> str:
    return "".join(path.read_text() for path in sorted((place.root / "supabase" / "migrations").iterdir()))


FOREIGN = (
    "create extension postgres_fdw with schema extensions;\n"
    "create server away foreign data wrapper postgres_fdw options (host 'example.invalid');\n"
)


def test_servers_of_foreign_data_are_carried(place: Place) -> None:
    place.migration("0002_tags", FOREIGN)
    place.ok(*SQUASH)
    assert len(list((place.root / "supabase" / "migrations").iterdir())) == 1
    assert "server away" in baseline(place).lower()


def test_options_that_are_secrets_are_named_with_the_way_out(place: Place) -> None:
    wrapper = (
        "create foreign data wrapper w; create server stripe foreign data wrapper w options (api_key 'hush-hush-9');\n"
    )
    place.migration("0002_tags", wrapper)
    error = place.inv(*SQUASH, "--json").error
    assert (error["code"], "hush-hush-9" in str(error)) == ("not-squashable", False)
    assert "stripe: api_key" in error["cause"] and "--to VERSION" in error["fix"]


def test_passwords_of_user_mappings_are_not_shown(place: Place) -> None:
    mapping = "create user mapping for postgres server away options (user 'u', password 'hush-hush-9');\n"
    place.migration("0002_tags", FOREIGN + mapping)
    ran = place.inv(*SQUASH)
    assert "hush-hush-9" not in ran.stdout + ran.stderr
    assert "mapping" in (ran.stdout + ran.stderr).lower() or "mapping" in baseline(place).lower()


def test_a_webhook_is_a_trigger_like_any_other(place: Place) -> None:
    place.migration(
        "0002_tags",
        "create function public.hook() returns trigger language plpgsql as $$ begin return new; end $$;\n"
        "create trigger hook after insert on public.notes for each row execute function public.hook();\n"
        "create trigger signed_up after insert on auth.users for each row execute function public.hook();\n",
    )
    place.ok(*SQUASH)
    place.ok("supabase-db-reset")
    assert place.query(
        "select tgrelid::regclass::text from pg_trigger where tgname in ('hook', 'signed_up') order by 1"
    ) == [
        ("auth.users",),
        ("notes",),
    ]
