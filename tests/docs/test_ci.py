"""docs/ci.md: every command it names exists with its options, its files parse, and the plain recipe runs as written."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from invoke.parser import Parser

from supabase_tasks import collection

PACKAGE = Path(__file__).parents[2]
PAGE = PACKAGE / "docs" / "ci.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [text for found, text in _BLOCK.findall(PAGE.read_text()) if found == language]


def commands() -> list[str]:
    """Those of the recipes (`test_commands` has those of the text), without where their output goes."""
    steps = [step for text in blocks("yaml") for step in _steps(yaml.safe_load(text))]
    return sorted({step.partition(" >>")[0] for step in steps if step.startswith("inv ")})


def _steps(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "run" and isinstance(value, str):
                yield value
            elif key == "script":
                yield from value
            else:
                yield from _steps(value)
    elif isinstance(node, list):
        for item in node:
            yield from _steps(item)


@pytest.mark.parametrize("command", commands())
def test_every_command_of_the_page_exists_with_its_options(command: str) -> None:
    words = shlex.split(command)[1:]
    parsed = Parser(contexts=collection().to_contexts()).parse_argv(words)
    assert [context.name for context in parsed] == [words[0]]
    assert not parsed.unparsed


def test_the_page_names_the_checks_everywhere() -> None:
    for text in (*blocks("yaml")[:2], blocks("bash")[0]):
        for name in ("migrations-check", "migrations-lint --changed", "schema-check", "supabase-db-reset"):
            assert f"inv {name}" in text


def test_the_hooks_of_the_page_are_those_of_the_manifest() -> None:
    (config,) = [yaml.safe_load(text) for text in blocks("yaml") if "repos:" in text]
    offered = {hook["id"] for hook in yaml.safe_load((PACKAGE / ".pre-commit-hooks.yaml").read_text())}
    assert {hook["id"] for hook in config["repos"][0]["hooks"]} == offered


def test_the_settings_of_the_page_are_accepted(tmp_path: Path) -> None:
    from supabase_tasks import settings as settings_module
    from supabase_tasks.lint import options

    (text,) = blocks("toml")
    tomllib.loads(text)
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "test"\n' + text)
    found = options.read(settings_module.load(tmp_path))
    assert (found.since, found.foreign) == ("0042", ("ban-drop-column",))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "test"\n')
    (tmp_path / "tasks.py").write_text("from supabase_tasks import collection\n\nns = collection()\n")
    return tmp_path


def bash(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    merged = {**os.environ, "PATH": path, **environment}
    return subprocess.run(["bash", "-c", script], cwd=folder, env=merged, capture_output=True, text=True)


def test_bash_completes_tasks_and_options(project: Path) -> None:
    script = """
    source <(inv --print-completion-script bash)
    complete_words() {
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        $(complete -p inv | sed -E 's/.* -F ([^ ]+).*/\\1/') inv "${COMP_WORDS[COMP_CWORD]}"
        printf '%s\\n' "${COMPREPLY[@]}"
    }
    complete_words inv migrations-
    complete_words inv migrations-lint --for
    """
    done = bash(script, project)
    assert {"migrations-check", "migrations-lint", "--format"} <= set(done.stdout.split()), done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_of_the_page_has_a_script(project: Path, shell: str) -> None:
    assert f"--print-completion-script {shell}" in "".join(blocks("bash"))
    done = bash(f"inv --print-completion-script {shell}", project)
    assert done.returncode == 0 and "inv" in done.stdout
