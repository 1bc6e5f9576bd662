"""The CLI never chooses the target: whatever variables, dotenv files, links and racing files say, the plan runs where it
was shown, and nowhere else."""

from __future__ import annotations

import json
import os
import shlex
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from support.double import hosts
from support.double.cloud import SECRET_CORE
from support.house import House

from supabase_tasks import child_environment
from supabase_tasks.child_environment import DOCKER, NETWORK, SHIMS
from supabase_tasks.errors import MigrationError
from supabase_tasks.ledger.files import listing, reject_unreadable
from supabase_tasks.settings import load
from supabase_tasks.state_dir import project_folder

PUSH, PROD, RESET = "supabase-db-push-staging", "supabase-db-push-prod", "supabase-db-reset-staging"
TABLE = "create table public.scenes (id int primary key);\n"
OTHER = "create table public.other (id int);\n"
DOTENV = tuple(
    f"{folder}{name}"
    for folder in ("", "supabase/", "../")
    for name in (".env", ".env.local", ".env.development", ".env.development.local", ".env.production", ".env.keys")
)
Ask = Callable[[str], bool]


def lures(house: House, name: str = "prod") -> dict[str, str]:
    """Every variable that could lead the CLI or libpq to that project, or change what it does there."""
    project = house.cloud.projects[name]
    host, address = project.record.db_host, project.network.address
    url = f"postgresql://postgres:{quote(project.password, safe='')}@{host}:5432/postgres"
    libpq = {
        "PGHOST": host,
        "PGHOSTADDR": address,
        "PGPORT": "5432",
        "PGUSER": "postgres",
        "PGDATABASE": "postgres",
        "PGPASSWORD": project.password,
        "PGOPTIONS": "-c search_path=auth",
        "PGSERVICE": "elsewhere",
        "PGSSLMODE": "disable",
    }
    return {
        "SUPABASE_PROJECT_ID": project.ref,
        "SUPABASE_PROJECT_REF": project.ref,
        "SUPABASE_DB_PASSWORD": project.password,
        "SUPABASE_DB_URL": url,
        "DATABASE_URL": url,
        "SUPABASE_PROJECT_HOST": host,
        "SUPABASE_INTERNAL_POOLER_URL": url,
        "SUPABASE_INTERNAL_LINKED_PROJECT": project.ref,
        "SUPABASE_REMOTES_PROD_PROJECT_ID": project.ref,
        "SUPABASE_WORKDIR": "/nowhere",
        "SUPABASE_ENV": "production",
        "SUPABASE_DB_PORT": "5432",
        "SUPABASE_DB_MIGRATIONS_ENABLED": "false",
        "SUPABASE_DB_SEED_ENABLED": "true",
        "SUPABASE_YES": "true",
        **libpq,
    }


def bait(house: House) -> None:
    """A dotenv file of every name, in every folder, that says production; and the project's own link, which says so too."""
    text = "".join(f"{name}={json.dumps(value, ensure_ascii=False)}\n" for name, value in lures(house).items())
    for name in DOTENV:
        (house.root / name).write_text(text)
    temp = house.root / "supabase" / ".temp"
    temp.mkdir(exist_ok=True)
    prod = house.cloud.projects["prod"]
    (temp / "project-ref").write_text(prod.ref)
    (temp / "pooler-url").write_text(f"postgresql://postgres.{prod.ref}@{prod.record.pooler_host}:5432/postgres")
    (temp / "linked-project.json").write_text(json.dumps({"ref": prod.ref, "name": prod.record.name}))


@pytest.fixture
def baited(both: House) -> House:
    bait(both)
    return both


@pytest.fixture(autouse=True)
def swept(house: House) -> object:
    yield
    for name in DOTENV:
        (house.root / name).unlink(missing_ok=True)


def tree(root: Path) -> dict[str, object]:
    """Every file below `root` with its content and times."""
    return {
        str(path.relative_to(root)): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in sorted(root.rglob("*"))
    }


def instead(house: House, tmp_path: Path, script: str, *, of: str = "push") -> Path:
    """Puts a shell script before the CLI's command `of`; afterwards the real CLI runs. Returns the folder it may use."""
    tmp_path.chmod(0o755)
    real, program = house.cli, tmp_path / "supabase-wrapped"
    program.write_text(
        '#!/bin/sh\nfor word; do [ "$before" = --workdir ] && cd "$word"; before=$word; done\n'
        f'case " $* " in *" {of} "*)\n{script}\n;; esac\ncd /\nexec {shlex.quote(str(real))} "$@"\n'
    )
    program.chmod(0o755)
    house.cli = program
    return tmp_path


def test_dotenv_files_a_link_and_the_shell_do_not_move_a_push(baited: House, untouched: Ask, unasked: Ask) -> None:
    baited.migration("0000_scenes", TABLE)
    before = tree(baited.root)
    baited.ok(PUSH, "--yes", env=dict(lures(baited)))
    assert baited.ledger("staging") == ["0000"]
    schema = "select relnamespace::regnamespace::text from pg_class where relname = 'scenes'"
    assert baited.query("staging", schema) == [("public",)]
    assert untouched("prod")
    assert unasked("prod")
    after = {name: found for name, found in tree(baited.root).items() if "__pycache__" not in name}
    assert after == before


def test_they_do_not_move_a_push_to_production_either(baited: House, untouched: Ask, unasked: Ask) -> None:
    baited.migration("0000_scenes", TABLE)
    for name in DOTENV:
        path = baited.root / name
        text = "".join(
            f"{key}={json.dumps(value, ensure_ascii=False)}\n" for key, value in lures(baited, "staging").items()
        )
        path.write_text(text)
    ref = baited.cloud.projects["prod"].ref
    baited.ok(PROD, "--confirm", ref, "--without-staging", "a test", env=dict(lures(baited, "staging")))
    assert baited.ledger("prod") == ["0000"]
    assert untouched("staging")
    assert unasked("staging")


def test_a_reset_stays_where_it_was_confirmed(baited: House, untouched: Ask) -> None:
    baited.migration("0000_scenes", TABLE)
    ref = baited.cloud.projects["staging"].ref
    baited.ok(RESET, "--confirm", ref, env=dict(lures(baited)))
    assert baited.ledger("staging") == ["0000"]
    assert untouched("prod")


def test_a_repair_stays_where_it_was_confirmed(baited: House, untouched: Ask) -> None:
    baited.migration("0000_scenes", TABLE)
    task = ("supabase-migration-repair-staging", "--version", "0000", "--yes")
    baited.ok(*task, env=dict(lures(baited)))
    assert baited.ledger("staging") == ["0000"]
    assert untouched("prod")


def test_what_the_cli_is_given_is_the_ref_the_planned_files_and_named_variables(baited: House, tmp_path: Path) -> None:
    """The whole kind: a wrapper writes down all that a push may read, and none of it is the developer's."""
    baited.migration("0000_scenes", TABLE)
    (baited.root / "supabase" / "seed.sql").write_text("select 1;\n")
    (baited.root / "supabase" / "roles.sql").write_text("select 1;\n")
    folder = instead(
        baited,
        tmp_path,
        f'env -0 > {tmp_path}/env; printf "%s\\n" "$@" > {tmp_path}/arguments; pwd > {tmp_path}/cwd\n'
        f"find . -type f -not -path './supabase/.temp/*' > {tmp_path}/files; stat -c %a . > {tmp_path}/mode\n"
        f"cat supabase/.temp/project-ref > {tmp_path}/linked",
    )
    baited.extra.update({"ANYTHING_SECRET": "x", "GITHUB_TOKEN": "y", "MAIL_KEY": "z"})
    (baited.root / "supabase" / "config.toml").write_text(
        'project_id = "house"\n[db]\nmajor_version = 17\n[auth.email.smtp]\n'
        'host = "env(HTTP_PROXY)"\nport = 25\nuser = "env(HOME)"\n'
        'pass = "env(MAIL_KEY)"\nadmin_email = "a@example.org"\nsender_name = "env(SUPABASE_DB_PASSWORD)"\n'
    )
    # A proxy of a dotenv file, which config.toml names, would be told the access token.
    with (baited.root / "supabase" / ".env").open("a") as file:
        file.write("HTTP_PROXY=http://127.0.0.1:9\nhttp_proxy=http://127.0.0.1:9\n")
    baited.ok(PUSH, "--yes", env=dict(lures(baited)))
    ref = baited.cloud.projects["staging"].ref
    seen = dict(one.split("=", 1) for one in (folder / "env").read_text().split("\0") if "=" in one)
    allowed = child_environment.of((*NETWORK, *DOCKER, *SHIMS), seen)
    unnamed = [name for name in seen if name not in allowed]
    ours = {"SUPABASE_ACCESS_TOKEN", "SUPABASE_DB_PASSWORD", "SUPABASE_PROFILE", "SUPABASE_PROJECT_ID", "MAIL_KEY"}
    ours |= {"SUPABASE_TELEMETRY_DISABLED", "DO_NOT_TRACK", "BUN_JSC_useDFGJIT", "BUN_JSC_useConcurrentGC"}
    assert set(unnamed) - {"_", "PWD", "OLDPWD", "SHLVL"} == ours
    assert seen["SUPABASE_PROJECT_ID"] == ref
    assert seen["SUPABASE_DB_PASSWORD"] == baited.cloud.projects["staging"].password
    arguments = (folder / "arguments").read_text().splitlines()
    assert (
        f"--remote={ref}" in arguments
        or ["--linked", "--project-ref", ref] == arguments[arguments.index("--linked") :][:3]
    )
    assert (folder / "linked").read_text().strip() == ref
    assert sorted((folder / "files").read_text().split()) == [
        "./supabase/config.toml",
        "./supabase/migrations/0000_scenes.sql",
    ]
    assert (folder / "mode").read_text().strip() == "700"
    private = Path((folder / "cwd").read_text().strip())
    assert private.is_relative_to(project_folder(baited.settings)) or baited.state in private.parents
    assert not private.exists()
    assert SECRET_CORE not in (folder / "arguments").read_text()


def test_what_changes_while_the_cli_starts_does_not_run_and_is_reported(both: House, tmp_path: Path) -> None:
    both.migration("0000_scenes", TABLE)
    gone = both.migration("0001_gone", "select 1;\n")
    there = shlex.quote(str(both.migrations))
    instead(
        both,
        tmp_path,
        f"echo 'create table public.added (id int);' > {there}/0002_added.sql\n"
        f"echo 'create table public.edited (id int);' > {there}/0000_scenes.sql\nrm {shlex.quote(str(gone))}",
    )
    report = both.ok(PUSH, "--yes", "--json").json
    assert report["pushed"] == ["0000_scenes.sql", "0001_gone.sql"]
    assert report["changed_meanwhile"] == [
        "0002_added.sql was added",
        "0000_scenes.sql was edited",
        "0001_gone.sql was removed",
    ]
    assert both.ledger("staging") == ["0000", "0001"]
    assert both.query("staging", "select to_regclass('public.added'), to_regclass('public.edited')") == [(None, None)]


def test_a_version_that_is_added_meanwhile_is_named(house: House, tmp_path: Path) -> None:
    house.migration("0000_scenes", TABLE)
    url = house.cloud.projects["staging"].cluster.server.url("postgres", "supabase_admin")
    code = (
        "import sys, psycopg; c = psycopg.connect(sys.argv[1], autocommit=True);"
        "c.execute('create schema if not exists supabase_migrations authorization postgres');"
        "c.execute('create table if not exists supabase_migrations.schema_migrations"
        "(version text primary key, statements text[], name text)');"
        "c.execute('alter table supabase_migrations.schema_migrations owner to postgres');"
        "c.execute(\"insert into supabase_migrations.schema_migrations values ('0000000', '{select 1}', 'smuggled')\")"
    )
    instead(house, tmp_path, shlex.join([sys.executable, "-c", code, url]))
    ran = house.run(PUSH, "--yes", "--json")
    assert ran.code == 1, ran.text
    error = ran.json["error"]
    assert "0000000_smuggled" in error["message"] + (error["cause"] or "")


@pytest.mark.parametrize("moment", ["link", "push"])
def test_kill_9_at_any_moment_leaves_the_project_as_it_was(
    house: House, tmp_path: Path, moment: str, untouched: Ask
) -> None:
    house.migration("0000_scenes", TABLE)
    bait(house)
    before, real = tree(house.root), house.cli
    instead(house, tmp_path, "kill -9 $PPID; exit 1", of=moment)
    assert house.run(PUSH, "--yes").code == -signal.SIGKILL
    assert {name: found for name, found in tree(house.root).items() if "__pycache__" not in name} == before
    house.cli = real
    house.ok(PUSH, "--yes")
    assert house.ledger("staging") == ["0000"]
    assert untouched("prod")
    assert list(house.state.glob("projects/house-*/hosted/*")) == []


def test_two_names_for_one_database_are_refused(house: House, untouched: Ask) -> None:
    """By address or by an alias, with the ref of staging or an unknown ref: the database itself must say whose it is."""
    house.migration("0000_scenes", TABLE)
    prod, staging = house.cloud.projects["prod"], house.cloud.projects["staging"]
    secret = quote(prod.password, safe="")
    alias = "alias.of.production.test"
    with hosts.names({alias: prod.network.address}):
        for host in (prod.network.address, alias, f"{alias.upper()}."):
            url = f"postgresql://postgres:{secret}@{host}:5432/postgres"
            env: dict[str, str | None] = {"DATABASE_URL_STAGING": url, "SUPABASE_DB_PASSWORD_STAGING": None}
            assert house.refused(PUSH, "--yes", env=env)["code"] == "unnamed-project", host
    staging.network.down = True
    house.extra.update(DATABASE_URL_STAGING=f"postgresql://postgres:{secret}@{prod.network.address}:5432/postgres")
    house.extra.update(SUPABASE_DB_PASSWORD_STAGING=None)
    error = house.refused(PUSH, "--yes")
    assert error["code"] == "unnamed-project"
    assert "cannot be asked" in error["cause"]
    house.extra.clear()
    other = f"postgresql://postgres:{secret}@{prod.network.address}:5432/postgres"
    error = house.refused(PUSH, "--yes", env={"DATABASE_URL_PROD": other, "SUPABASE_PROJECT_REF_PROD": staging.ref})
    assert error["code"] == "same-project"
    assert untouched("prod")
    assert untouched("staging")


def test_another_target_that_is_this_database_is_found_by_asking_it(house: House, untouched: Ask) -> None:
    house.migration("0000_scenes", TABLE)
    staging = house.cloud.projects["staging"]
    url = f"postgresql://postgres:{quote(staging.password, safe='')}@{staging.network.address}:5432/postgres"
    known: dict[str, str | None] = {
        "DATABASE_URL_PROD": url,
        "SUPABASE_PROJECT_REF_PROD": None,
        "SUPABASE_DB_PASSWORD_PROD": None,
    }
    error = house.refused(PUSH, "--yes", env=known)
    assert error["code"] == "same-database"
    assert "DATABASE_URL_PROD" in error["fix"]
    # Its password is not known here, and its name says nothing.
    bare = url.replace(quote(staging.password, safe=""), "").replace(":@", "@")
    unknown: dict[str, str | None] = {
        "DATABASE_URL_PROD": bare,
        "SUPABASE_PROJECT_REF_PROD": None,
        "SUPABASE_DB_PASSWORD_PROD": None,
    }
    assert house.refused(PUSH, "--yes", env=unknown)["code"] == "unknown-database"
    assert untouched("staging")


def test_a_url_without_a_ref_is_taken_where_the_database_shows_whose_it_is(house: House) -> None:
    house.migration("0000_scenes", TABLE)
    staging = house.cloud.projects["staging"]
    url = f"postgresql://postgres@{staging.network.address}:5432/postgres"
    house.ok(PUSH, "--yes", env={"DATABASE_URL_STAGING": url})
    assert house.ledger("staging") == ["0000"]


def test_another_target_that_cannot_be_asked_is_told_apart_by_its_name(house: House) -> None:
    house.migration("0000_scenes", TABLE)
    house.cloud.projects["prod"].network.down = True
    house.ok(PUSH, "--yes")
    assert house.ledger("staging") == ["0000"]


@pytest.mark.parametrize(
    "name", ["0001_odd.sql\n", "0001_a\rb.sql", "0001_a\u2028b.sql", "0001_\udcff.sql", "0001_\x1b.sql"]
)
def test_a_name_that_the_cli_reads_differently_is_refused_with_the_plan(tmp_path: Path, name: str) -> None:
    """2.122.1 and 3.1.0 skip the first three and run what comes behind; they stop half way at the fourth."""
    (tmp_path / "pyproject.toml").write_text("[tool.supabase-tasks]\n")
    settings = load(tmp_path)
    settings.migrations.mkdir(parents=True)
    (settings.migrations / name).write_text(TABLE)
    with pytest.raises(MigrationError) as caught:
        reject_unreadable(settings)
    assert caught.value.code == "unreadable-migration"
    assert not [file for file in listing(settings) if set(file.path.name) & set("\n\r\u2028")]


@pytest.mark.parametrize("kind", ["dangling", "folder", "fifo"])
def test_what_is_named_as_a_migration_and_is_none_is_refused_with_the_plan(house: House, kind: str) -> None:
    house.migration("0000_scenes", TABLE)
    odd = house.migrations / "0001_odd.sql"
    if kind == "dangling":
        odd.symlink_to("nowhere.sql")
    elif kind == "folder":
        odd.mkdir()
    else:
        os.mkfifo(odd)
    error = house.refused(PUSH, "--yes")
    assert error["code"] == "unreadable-migration"
    assert "0001_odd.sql" in error["message"]
    assert house.ledger("staging") == []


def test_a_link_of_bytes_that_are_no_text_is_none(house: House) -> None:
    house.migration("0000_scenes", TABLE)
    temp = house.root / "supabase" / ".temp"
    temp.mkdir()
    for name in ("project-ref", "pooler-url", "linked-project.json"):
        (temp / name).write_bytes(b"\xff\xfe\x00")
    house.ok("supabase-db-drift-staging", "--json")
    house.ok(PUSH, "--yes")


def test_files_that_config_toml_names_come_along(both: House) -> None:
    both.migration("0000_scenes", TABLE)
    folder = both.root / "supabase"
    (folder / "templates").mkdir()
    (folder / "templates" / "invite.html").write_text("<p>hello</p>")
    (folder / "config.toml").write_text(
        (folder / "config.toml").read_text()
        + '[auth.email.template.invite]\nsubject = "x"\ncontent_path = "./supabase/templates/invite.html"\n'
    )
    both.ok(PUSH, "--yes")
    assert both.ledger("staging") == ["0000"]


def test_our_servers_have_none_of_the_developers_variables(house: House) -> None:
    house.ok("supabase-stop")
    house.extra.update({"GITHUB_TOKEN": SECRET_CORE, "HTTPS_PROXY": f"http://u:{SECRET_CORE}@127.0.0.1:9"})
    house.ok("supabase-db-drift-staging", env=dict(lures(house)))
    running = list(house.state.rglob("postmaster.pid"))
    assert running
    for file in running:
        variables = Path(f"/proc/{file.read_text().split()[0]}/environ").read_text().split("\0")
        names = {one.partition("=")[0] for one in variables if one}
        # pg_ctl and the server add their own.
        own = {"PGDATA", "PGLOCALEDIR", "PGSYSCONFDIR", "PG_GRANDPARENT_PID", "PWD", "OLDPWD", "SHLVL", "_"}
        assert names - own - child_environment.of(environ=dict.fromkeys(names, "")).keys() == set()
        assert not [one for one in variables if SECRET_CORE in one]
