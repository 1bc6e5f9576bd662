"""uv.lock: of this pyproject.toml, and from the public index alone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCK = tomllib.loads((ROOT / "uv.lock").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def addresses(value: object) -> list[str]:
    if isinstance(value, dict):
        return [found for inner in value.values() for found in addresses(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in addresses(inner)]
    return [value] if isinstance(value, str) and "://" in value else []


def test_it_names_the_public_index_only() -> None:
    found = {urlsplit(address).hostname for address in addresses(LOCK)}
    assert found == {"pypi.org", "files.pythonhosted.org"}


def test_it_is_of_this_project() -> None:
    (own,) = [one for one in LOCK["package"] if one["name"] == "supabase-tasks"]
    wanted_always = [one for one in own["metadata"]["requires-dist"] if "extra" not in one.get("marker", "")]
    locked = {(one["name"], one.get("specifier", "")) for one in wanted_always}
    declared = {(wanted.name, str(wanted.specifier)) for wanted in map(Requirement, PROJECT["project"]["dependencies"])}

    def parts(pairs: set[tuple[str, str]]) -> set[tuple[str, frozenset[str]]]:
        return {(name, frozenset(text.split(","))) for name, text in pairs}

    assert parts(locked) == parts(declared)
    assert LOCK["requires-python"] == PROJECT["project"]["requires-python"]
