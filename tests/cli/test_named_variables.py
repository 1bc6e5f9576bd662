from __future__ import annotations

from pathlib import Path

import pytest

from supabase_tasks import dotenv_files
from supabase_tasks.cli import named_variables
from supabase_tasks.errors import SettingsError

CONFIG = """
[auth.email.smtp]
pass = "env(MAIL_KEY)"
[auth.sms.twilio]
auth_token = "env(SUPABASE_AUTH_SMS_TWILIO_AUTH_TOKEN)"
[db.vault]
one = "env( SPACED )"
two = "env(SUPABASE_DB_PASSWORD_PROD)"
three = "env(PGOPTIONS)"
four = "env(LD_PRELOAD)"
five = "env(SUPABASE_ACCESS_TOKEN)"
six = "env(UNSET)"
seven = "env(DATABASE_URL_PROD)"
eight = "env(HTTPS_PROXY)"
nine = "env(all_proxy)"
ten = "env(SSL_CERT_FILE)"
eleven = "env(HOME)"
twelve = "env(Path)"
thirteen = "env(XDG_CONFIG_HOME)"
fourteen = "env(HOSTALIASES)"
fifteen = "env(BUN_OPTIONS)"
"""


def look_up(name: str) -> str | None:
    return None if name == "UNSET" else f"value of {name}"


def test_only_what_config_toml_names_and_never_what_decides_the_target() -> None:
    assert set(named_variables.of(CONFIG, look_up, hosted=True)) == {"MAIL_KEY", "SPACED"}
    local = named_variables.of(CONFIG, look_up, hosted=False)
    assert set(local) == {"MAIL_KEY", "SPACED", "SUPABASE_AUTH_SMS_TWILIO_AUTH_TOKEN"}
    assert local["MAIL_KEY"] == "value of MAIL_KEY"


def test_a_value_is_found_where_the_cli_would_look(tmp_path: Path) -> None:
    supabase = tmp_path / "supabase"
    supabase.mkdir()
    (tmp_path / ".env").write_text("A=root\nB=root\n")
    (supabase / ".env").write_text("A=supabase\n")
    assert dotenv_files.value_of(supabase, "A") == "supabase"
    assert dotenv_files.value_of(supabase, "B") == "root"
    assert dotenv_files.value_of(supabase, "C") is None
    # One that cannot be read is named, and not passed over: the CLI would read another value than we do.
    (supabase / ".env.local").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"\.env\.local cannot be read"):
        dotenv_files.value_of(supabase, "A")
