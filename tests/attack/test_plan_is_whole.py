"""What config.toml adds to a hosted change is part of what was shown, or nothing runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.house import House

PUSH, RESET = "supabase-db-push-staging", "supabase-db-reset-staging"
TABLE = "create table public.scenes (id int primary key);\n"


def configure(house: House, text: str) -> None:
    path = house.root / "supabase" / "config.toml"
    path.write_text(path.read_text().partition("[db.seed]")[0] + text)


def test_secrets_that_go_into_the_vault_are_named_and_not_shown(both: House) -> None:
    both.migration("0000_scenes", TABLE)
    ref = both.cloud.projects["staging"].ref
    configure(
        both,
        '[db.vault]\nmail_key = "value-of-the-mail-key"\n'
        f'[remotes.here]\nproject_id = "{ref}"\n[remotes.here.db.vault]\nmap_key = "value-of-the-map-key"\n'
        '[remotes.there]\nproject_id = "abcdefghijklmnopqrst"\n[remotes.there.db.vault]\nother = "x"\n',
    )
    ran = both.ok(PUSH, "--yes", "--json")
    written = {name for (name,) in both.query("staging", "select name from vault.secrets")}
    assert written <= set(ran.json["vault"])
    assert ran.json["vault"] == ["mail_key", "map_key"]
    assert "vault     writes mail_key, map_key" in ran.stderr
    assert "value-of" not in ran.text


@pytest.mark.parametrize("pattern", ["env(SEEDS)", "{outside}", "../../*.sql", "{inside}"])
def test_a_seed_that_is_read_where_it_lies_destroys_nothing(house: House, tmp_path: Path, pattern: str) -> None:
    """Nothing is there when the reset is planned: the CLI would run what is there later."""
    house.pushed("staging", "0000_scenes", TABLE)
    shown = pattern.format(outside=tmp_path / "seed*.sql", inside=house.root / "supabase" / "seed.sql")
    configure(house, f'[db.seed]\nenabled = true\nsql_paths = ["{shown}"]\n')
    (house.root / ".env.development").write_text(f"SEEDS={tmp_path}/seed.sql\n")
    error = house.refused(RESET, "--confirm", house.cloud.projects["staging"].ref, "--seed")
    assert error["code"] == "seed-outside"
    assert house.ledger("staging") == ["0000"]


@pytest.mark.parametrize("task", [(PUSH, "--yes"), (RESET, "--confirm", "{ref}")])
def test_a_change_that_would_skip_every_migration_is_refused(house: House, task: tuple[str, ...]) -> None:
    house.pushed("staging", "0000_scenes", TABLE)
    ref = house.cloud.projects["staging"].ref
    configure(house, f'[remotes.x]\nproject_id = "{ref}"\n[remotes.x.db.migrations]\nenabled = false\n')
    assert house.refused(*(word.format(ref=ref) for word in task))["code"] == "migrations-disabled"
    assert house.ledger("staging") == ["0000"]


def test_a_profile_that_a_repository_names_gets_no_password(house: House) -> None:
    house.migration("0000_scenes", TABLE)
    (house.root / ".env.development").write_text("SUPABASE_PROFILE=elsewhere.json\n")
    (house.root / "elsewhere.json").write_text('{"project_host": "elsewhere.test", "api_url": "http://127.0.0.1:9"}')
    house.git("init", "-q")
    house.git("add", ".env.development")
    assert house.refused(PUSH, "--yes", env={"SUPABASE_PROFILE": None})["code"] == "profile-tracked"
