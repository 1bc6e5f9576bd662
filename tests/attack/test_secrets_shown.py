"""No form of a secret is shown: quoted, escaped, encoded, broken over lines, cut in chunks, pasted into the wrong place."""

from __future__ import annotations

import base64
import html
import json
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from supabase_tasks import console, environment, process
from supabase_tasks import settings as settings_module
from supabase_tasks.errors import GuardError, TaskError
from supabase_tasks.guard import targets
from supabase_tasks.redaction import MASK, Lines, forget_all, redact, register

Capture = pytest.CaptureFixture[str]

SECRETS = (
    "hunter2hunter2",
    'it\'s "quotzd" \\ hzre',
    "a b&c<d>e",
    "pct%40/?#[]@!$&'()*+,;=",
    "ümläut€𝄞-geheim",
    "tab\tand\nline-break",
    "back\\slash\\",
    "$HOME `id` !x",
    "~.-_aA1~.-_aA1",
)


def _split(encoded: str) -> list[str]:
    parts = encoded.split("%")
    return [parts[0], *(f"%{part[:2].lower()}{part[2:]}" for part in parts[1:])]


FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "repr": repr,
    "ascii": ascii,
    "repr inside other text": lambda s: repr(f"'\"{s}'\""),
    "repr of bytes": lambda s: repr(s.encode()),
    "json": json.dumps,
    "json, not ASCII": lambda s: json.dumps(s, ensure_ascii=False),
    "json in json": lambda s: json.dumps(json.dumps({"password": s})),
    "json with escaped slashes": lambda s: json.dumps(s).replace("/", "\\/"),
    "repr in json": lambda s: json.dumps(repr(s)),
    "shell": shlex.quote,
    "shell, backslashes": lambda s: "".join(c if c.isalnum() else f"\\{c}" for c in s),
    "shell, quotes by backslash": lambda s: "'" + s.replace("'", "'\\''") + "'",
    "percent": lambda s: quote(s, safe=""),
    "percent, another safe set": lambda s: quote(s, safe="/:?&=+$,@!*'()~"),
    "percent, lower case": lambda s: "".join(_split(quote(s, safe=""))),
    "percent twice": lambda s: quote(quote(s, safe=""), safe=""),
    "form": quote_plus,
    "every byte percent": lambda s: "".join(f"%{byte:02X}" for byte in s.encode()),
    "html": html.escape,
    "html twice": lambda s: html.escape(html.escape(s)),
    "html, numbers": lambda s: "".join(c if c.isalnum() and c.isascii() else f"&#{ord(c)};" for c in s),
    "html, hexadecimal": lambda s: "".join(c if c.isalnum() and c.isascii() else f"&#x{ord(c):X};" for c in s),
    "sql": lambda s: "'" + s.replace("'", "''") + "'",
    "sql escape string": lambda s: "E'" + s.replace("\\", "\\\\").replace("'", "''") + "'",
    "sql identifier": lambda s: '"' + s.replace('"', '""') + '"',
    "conninfo": lambda s: "'" + s.replace("\\", "\\\\").replace("'", "\\'") + "'",
    "base64": lambda s: base64.b64encode(s.encode()).decode(),
    "base64 of user and password": lambda s: base64.b64encode(f"postgres:{s}".encode()).decode(),
    "base64 of more": lambda s: base64.b64encode(f"xy{s}z".encode()).decode(),
    "base64 for URLs": lambda s: base64.urlsafe_b64encode(s.encode()).decode(),
    "base64 over lines": lambda s: base64.encodebytes((s * 9).encode()).decode(),
    "hexadecimal": lambda s: s.encode().hex(),
    "octal": lambda s: "".join(c if c.isascii() and c.isprintable() else _octal(c) for c in s),
    "broken by a table": lambda s: f"│ {s[:5]} │\n│ {s[5:]} │",
    "broken twice": lambda s: f"{s[:4]}\n    {s[4:8]}\r\n    {s[8:]}",
}


def _octal(character: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in character.encode())


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    forget_all()
    console.start(as_json=False)
    yield
    forget_all()


def traces(secret: str, shown: str) -> list[str]:
    """The words of the secret that can still be read."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in secret).split()
    return [word for word in words if len(word) > 3 and word in shown]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", SECRETS)
def test_every_form_is_masked(secret: str, form: str) -> None:
    register(secret)
    written = FORMS[form](secret)
    if not written.isascii() and form == "broken by a table":
        assert traces(secret, redact(written)) == []
        return
    shown = redact(f"before {written} after")
    assert MASK in shown, written
    assert written not in shown
    assert traces(secret, shown) == [], shown
    assert shown.startswith("before ")
    assert shown.endswith(" after")


@hypothesis_settings(deadline=None)
@given(st.text(min_size=8, max_size=30), st.sampled_from(sorted(FORMS)), st.text(alphabet="xyz \n", max_size=10))
def test_no_secret_survives_in_any_form(secret: str, form: str, around: str) -> None:
    forget_all()
    register(secret)
    try:
        written = FORMS[form](secret)
    except UnicodeEncodeError:
        return
    if set(secret) & set(MASK) or form.startswith("broken") or form == "octal" or not secret.strip():
        return
    assert written not in redact(around + written + around) or written in ("", secret.strip("\\"))


# -- where a secret is cut ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", range(1, 14))
def test_a_secret_over_two_lines_of_a_program(cut: int) -> None:
    secret = "Hunter2-Hunter2"
    register(secret)
    lines = Lines()
    shown = [*lines.take(f"password {secret[:cut]}"), *lines.take(f"   {secret[cut:]} end"), *lines.rest()]
    text = "\n".join(shown)
    assert secret[cut:] not in text or len(secret) - cut == 1
    assert cut < 3 or secret[:cut] not in text
    assert text.startswith("password ")
    assert text.endswith(" end")


def test_a_secret_over_four_lines_of_a_program() -> None:
    register("Hunter2-Hunter2")
    lines = Lines()
    shown = [line for part in ("is Hunt", "er2-", "Hun", "ter2.") for line in lines.take(part)]
    assert "".join([*shown, *lines.rest()]) == f"is {MASK}."


def test_a_line_is_not_held_back_for_nothing() -> None:
    register("Hunter2-Hunter2")
    lines = Lines()
    assert lines.take("Applying migration 0001.sql...") == ["Applying migration 0001.sql..."]
    assert lines.take("ends with H") == ["ends with H"]
    assert lines.take("ends with Hunt") == []
    assert lines.take("and goes on") == ["ends with Hunt", "and goes on"]
    assert lines.take("the end: Hunter2") == []
    assert lines.rest() == ["the end: Hunter2"]


def test_a_secret_in_two_chunks_of_a_program() -> None:
    register("Hunter2-Hunter2")
    seen: list[str] = []
    script = "printf 'x Hunter2-'; sleep 0.05; printf 'Hunter2 y\\nx Hunter2-\\nHunter2 z'"
    process.run(["sh", "-c", script], on_line=seen.append)
    assert seen == [f"x {MASK} y", f"x {MASK} z"]


def test_the_end_of_a_failed_program_s_output_is_masked_before_it_is_cut() -> None:
    secret = "\n".join(f"line-{number:02}-of-a-key" for number in range(40))
    register(secret)
    with pytest.raises(process.ProcessError) as caught:
        process.run(["sh", "-c", 'printf "%s" "$KEY" >&2; exit 1'], env={"KEY": secret})
    assert "of-a-key" not in str(caught.value.as_json())


def test_a_table_is_masked_before_it_is_laid_out(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    register("a-very-long-password-that-a-narrow-column-breaks")
    monkeypatch.setattr("supabase_tasks.table_layout.PIPE_WIDTH", 20)
    console.table(["name", "value"], [["x", "a-very-long-password-that-a-narrow-column-breaks"]])
    assert "narrow" not in capsys.readouterr().out


def test_what_was_collected_before_the_secret_was_known_is_masked_when_it_is_shown(capsys: Capture) -> None:
    error = TaskError("it failed", cause="password is Hunter2-Hunter2", data={"output": ["Hunter2-Hunter2"]})
    register("Hunter2-Hunter2")
    console.start(as_json=True)
    console.report_error(error.as_json())
    assert "Hunter2" not in capsys.readouterr().out


# -- what is a secret ---------------------------------------------------------------------------------------------------


def test_each_line_of_a_key_is_a_secret() -> None:
    lines = ["-----BEGIN PRIVATE KEY-----", "MIIEvQIBADANBgkqhkiG", "9w0BAQEFAASCBKcwggSj", "-----END PRIVATE KEY-----"]
    register("\n".join(lines))
    assert redact(f"bad line {lines[2]}") == f"bad line {MASK}"
    assert redact("-----BEGIN PRIVATE KEY-----") == "-----BEGIN PRIVATE KEY-----"


@pytest.mark.parametrize("dump", [json.dumps, lambda data: json.dumps(data, indent=2)])
def test_each_value_of_a_service_account_is_a_secret(dump: Callable[[object], str]) -> None:
    key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG\n-----END PRIVATE KEY-----\n"
    register(dump({"type": "service", "private_key_id": "0123456789abcdef", "private_key": key}))
    assert redact("id 0123456789abcdef, line MIIEvQIBADANBgkqhkiG") == f"id {MASK}, line {MASK}"
    assert redact("service") == "service"


@pytest.mark.parametrize("word", ["postgres", "password", "supabase", "true", "null", "abc"])
def test_a_word_that_everybody_knows_garbles_nothing_and_is_masked_as_a_password(word: str) -> None:
    register(word)
    assert redact(f"role {word} of database {word}") == f"role {word} of database {word}"
    assert redact(f"postgresql://{word}:{word}@h/db") == f"postgresql://{word}:{MASK}@h/db"
    assert redact(f"host=h password={word}") == f"host=h password={MASK}"


@pytest.mark.parametrize("secret", ["1234", 'e": ', "  ", "true", 'ok": true', '\n  "'])
def test_no_secret_breaks_a_json_document(secret: str, capsys: Capture) -> None:
    register(secret)
    console.start(as_json=True)
    console.report({"count": 1234, "names": ["a", None, True], "text": f"is {secret}", "path": Path("x")})
    document = json.loads(capsys.readouterr().out)
    assert document["count"] == 1234
    assert document["ok"] is True


# -- the wrong place ----------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> settings_module.Settings:
    (tmp_path / "pyproject.toml").write_text("[tool.supabase-tasks]\n")
    for name in ("SUPABASE_PROJECT_REF_STAGING", "SUPABASE_DB_PASSWORD_STAGING", "DATABASE_URL_STAGING"):
        monkeypatch.delenv(name, raising=False)
    return settings_module.load(tmp_path)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("variable", ["SUPABASE_PROJECT_REF_STAGING", "DATABASE_URL_STAGING"])
def test_a_password_in_the_wrong_variable(
    secret: str, variable: str, project: settings_module.Settings, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("SUPABASE_PROJECT_REF_STAGING", "abcdefghijklmnopqrst")
    monkeypatch.setenv("SUPABASE_DB_PASSWORD_STAGING", "x-another-one-x")
    monkeypatch.setenv(variable, secret)
    with pytest.raises(GuardError) as caught:
        targets.resolve(project, environment.load(project), "staging")
    shown = repr(caught.value.as_json())
    assert secret not in shown
    assert traces(secret, shown) == []
    console.note(f"from elsewhere: {secret!r}")
    assert traces(secret, capsys.readouterr().err) == []


@pytest.mark.parametrize("password", ["pa/ss-word", "pass#word-1", "word?pass-2", "pass@word:3"])
def test_a_password_that_breaks_its_url(
    password: str, project: settings_module.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL_STAGING", f"postgresql://postgres:{password}@db.host.example:5432/postgres")
    environment.load(project)
    assert "word" not in redact(f"cannot resolve {password!r}, nor {password.split('@')[-1]} or {password[2:]}"[:60])
    assert redact(f"is {password}") == f"is {MASK}"


def test_no_dataclass_shows_what_it_holds(project: settings_module.Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPABASE_PROJECT_REF_STAGING", "abcdefghijklmnopqrst")
    monkeypatch.setenv("SUPABASE_DB_PASSWORD_STAGING", "Hunter2-Hunter2")
    found = environment.load(project)
    target = targets.resolve(project, found, "staging")
    assert target.password == "Hunter2-Hunter2"
    for one in (found, found.variables["SUPABASE_DB_PASSWORD_STAGING"], target, project):
        assert "Hunter2" not in repr(one)
    done = process.run(["sh", "-c", "echo Hunter2-Hunter2"])
    assert done.stdout == "Hunter2-Hunter2\n"
    assert "Hunter2" not in repr(done).replace(repr(done.command), "")


def test_a_traceback_is_masked_and_holds_no_local_variables(capsys: Capture) -> None:
    register("Hunter2-'Hunter2'")
    local = "Unregistered-Local"
    try:
        raise ValueError(repr({"password": "Hunter2-'Hunter2'"}), len(local))
    except ValueError:
        console.note_traceback()
    shown = capsys.readouterr().err.replace("raise ValueError", "").replace("register(", "")
    last = shown.splitlines()[-1]
    assert MASK in last
    assert "Hunter2" not in last
    assert "Unregistered" not in shown
