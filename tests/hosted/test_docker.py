"""The Docker road: where the local database is Docker's stack, pull and dump are the CLI's own commands.

No engine is needed: the CLI calls the program `docker`, and the one here writes down what it was asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.double.cloud import SECRET_CORE
from support.house import House

_DOCKER = """#!/bin/sh
echo "$1 $2 $3" >> "$0.log"
echo "$@" >> "$0.all.log"
case "$1" in
  version) echo 28.0.0 ;;
  run) echo 'CREATE TABLE "public"."by_docker" ();' ;;
  *) echo "{}" ;;
esac
"""


@pytest.fixture
def docker(both: House, tmp_path: Path) -> Iterator[Path]:
    program = tmp_path / "docker"
    program.write_text(_DOCKER)
    program.chmod(0o755)
    text = (both.root / "pyproject.toml").read_text()
    (both.root / "pyproject.toml").write_text(text.replace('"embedded"', '"docker"'))
    both.extra["PATH"] = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    both.pushed("staging", "0000_scenes", "create table public.scenes (id int);\n")
    yield program
    everything = Path(f"{program}.all.log")
    assert not everything.exists() or SECRET_CORE not in everything.read_text()


def asked(docker: Path) -> list[str]:
    log = Path(f"{docker}.log")
    return log.read_text().splitlines() if log.exists() else []


def test_a_dump_comes_from_the_clis_container(both: House, docker: Path) -> None:
    both.ok("supabase-db-dump-staging-public")
    assert any(line.startswith("run --rm") for line in asked(docker))
    assert "by_docker" in (both.root / "supabase" / "sql" / "staging_public_schema.sql").read_text()


def test_an_empty_dump_is_none(both: House, docker: Path) -> None:
    docker.write_text(_DOCKER.replace('\'CREATE TABLE "public"."by_docker" ();\'', ""))
    assert both.refused("supabase-db-dump-staging-public")["code"] == "dump-failed"
    assert not (both.root / "supabase" / "sql").exists()


def test_a_pull_is_the_clis_and_asks_first(both: House, docker: Path) -> None:
    assert both.refused("supabase-db-pull-staging")["code"] == "not-confirmed"
    assert asked(docker) == []
    # The double's docker starts no container; that the CLI's shadow database does not come up is said as such.
    error = both.refused("supabase-db-pull-staging", "--yes")
    assert error["message"].startswith("supabase db pull")
    assert any(line.startswith("create ") for line in asked(docker))


def test_what_the_cli_pulls_in_its_private_folder_is_brought_into_the_project(
    both: House, docker: Path, tmp_path: Path
) -> None:
    real, program = both.cli, tmp_path / "supabase-that-pulls"
    pulled = "supabase/migrations/0001_remote_schema.sql"
    program.write_text(
        "#!/bin/sh\n"
        'for word in "$@"; do [ "$before" = --workdir ] && folder=$word; before=$word; done\n'
        f'case " $* " in *" pull "*) echo "create table public.pulled ();" > "$folder/{pulled}"; exit 0;; esac\n'
        f'exec {real} "$@"\n'
    )
    program.chmod(0o755)
    both.cli = program
    report = both.ok("supabase-db-pull-staging", "--yes", "--json").json
    assert report["written"] == [str(both.root / pulled)]
    assert (both.root / pulled).read_text() == "create table public.pulled ();\n"
    assert not (both.root / "supabase" / ".temp").exists()
