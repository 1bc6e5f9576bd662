from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supabase_tasks.redaction import EVERYDAY, MASK, forget_all, redact, register, split_password


@pytest.mark.parametrize(
    "secret", ["hunter2!", "with space", 'quo"te\\back', "ümläut", "pct%40&/?#", "a+b=c", "new\nline-secret"]
)
def test_every_form_of_a_secret_is_masked(secret: str) -> None:
    register(secret)
    for form in (
        secret,
        quote(secret, safe=""),
        quote(secret),
        json.dumps(secret),
        json.dumps(secret, ensure_ascii=False),
    ):
        shown = redact(f"before {form} after")
        assert MASK in shown
        assert secret not in shown
        assert form.strip('"') not in shown


def test_the_longer_of_two_overlapping_secrets_goes_first() -> None:
    register("abcd")
    register("abcdefgh")
    assert redact("abcdefgh") == MASK


@pytest.mark.parametrize("text", [None, "", "abc"])
def test_nothing_and_short_values_are_not_remembered(text: str | None) -> None:
    register(text)
    assert redact("abc abc") == "abc abc"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://u:p@h/db", f"postgresql://u:{MASK}@h/db"),
        ("postgres://postgres.ref:a:b%40@h:5432", f"postgres://postgres.ref:{MASK}@h:5432"),
        ("https://user:tok@host/x and http://plain/", f"https://user:{MASK}@host/x and http://plain/"),
        ("host=h password=geheim user=u", f"host=h password={MASK} user=u"),
        ("password='it''s' x", f"password={MASK}'s' x"),
        ("postgresql://u@h/db?password=abc&x=1", f"postgresql://u@h/db?password={MASK}&x=1"),
        ("postgresql://u@h/db", "postgresql://u@h/db"),
        ("see http://host:5432/path", "see http://host:5432/path"),
    ],
)
def test_passwords_that_were_not_registered(text: str, shown: str) -> None:
    assert redact(text) == shown


@given(st.text(min_size=4, max_size=20), st.text(max_size=30))
def test_a_registered_secret_never_survives(secret: str, around: str) -> None:
    forget_all()
    register(secret)
    if secret in MASK or MASK in secret or secret in EVERYDAY:
        return
    assert secret not in redact(around + secret + around).replace(MASK, "\0")
    forget_all()


@pytest.mark.parametrize(
    ("url", "bare", "secret"),
    [
        ("postgresql://u:p%40ss%2Fw%3Ard@h:6543/db?x=1", "postgresql://u@h:6543/db?x=1", "p@ss/w:rd"),
        ("postgresql://us%40er:a:b@h/db", "postgresql://us%40er@h/db", "a:b"),
        ("postgresql://:secret@[::1]:5432/db", "postgresql://@[::1]:5432/db", "secret"),
        ("postgresql://u:@h/db", "postgresql://u@h/db", ""),
        ("postgresql://u@h/db", "postgresql://u@h/db", None),
        ("postgresql:///db?host=/run", "postgresql:///db?host=/run", None),
    ],
)
def test_the_password_is_taken_out_of_a_url(url: str, bare: str, secret: str | None) -> None:
    assert split_password(url) == (bare, secret)


def test_a_password_taken_out_of_a_url_is_masked_from_then_on() -> None:
    split_password("postgresql://u:p%40ss%2Fw%3Ard@h/db")
    assert redact("it was p@ss/w:rd") == f"it was {MASK}"
