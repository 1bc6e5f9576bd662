from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from support import clis

from supabase_tasks import settings, state_dir
from supabase_tasks.cli import find_cli, install
from supabase_tasks.cli.find import Binary, native
from supabase_tasks.errors import CliError

pytestmark = pytest.mark.usefixtures("both_clis")


def package(folder: Path, version: str, *, shim: bool = True) -> Path:
    """An npm installation as npm makes it: the package, its native one next to it, a link in .bin."""
    modules = folder / "node_modules"
    for name, program in ((f"@supabase/cli-{_suffix()}", "bin/supabase"), ("supabase", "dist/supabase.js")):
        path = modules / name / program
        path.parent.mkdir(parents=True)
        path.write_text("#!/bin/sh\nexit 9\n")
        path.chmod(0o755)
        (modules / name / "package.json").write_text(json.dumps({"name": name, "version": version}))
    (modules / ".bin").mkdir()
    link = modules / ".bin" / "supabase"
    link.symlink_to("../supabase/dist/supabase.js" if shim else f"../@supabase/cli-{_suffix()}/bin/supabase")
    return link


def _suffix() -> str:
    return clis.path("3").parent.parent.name.removeprefix("cli-")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project on a machine that has no CLI: empty PATH, empty cache, no override."""
    empty = tmp_path / "empty-path"
    empty.mkdir()
    monkeypatch.setenv("PATH", str(empty))
    monkeypatch.setenv(state_dir.ROOT_VARIABLE, str(tmp_path / "state"))
    monkeypatch.delenv("SUPABASE_CLI_BINARY_OVERRIDE", raising=False)
    project = tmp_path / "work" / "apps" / "web"
    project.mkdir(parents=True)
    (project / "pyproject.toml").write_text("[tool.supabase-tasks]\n")
    return project


def found(root: Path) -> Binary:
    return find_cli(settings.load(root))


def test_node_modules_of_a_parent_folder_are_found_and_the_shim_is_skipped(root: Path) -> None:
    package(root.parents[1], "3.0.5")
    binary = found(root)
    assert (binary.version, binary.dialect, binary.source) == ((3, 0, 5), 3, "node_modules")
    assert binary.path.parts[-4:-2] == ("@supabase", f"cli-{_suffix()}")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
@pytest.mark.parametrize("mine", [".bin/supabase", ".bin", ".", None])
def test_what_another_user_put_above_the_project_is_not_run(root: Path, mine: str | None) -> None:
    modules = package(root.parents[1], "3.0.5").parent.parent
    if mine:
        os.lchown(modules / mine, 65534, 65534)
    else:
        modules.chmod(0o777)
    package(root.parents[2], "3.0.4")
    assert found(root).version == (3, 0, 4)


def test_the_nearest_node_modules_wins(root: Path) -> None:
    package(root.parents[1], "3.0.5")
    package(root, "2.122.1")
    assert (found(root).version, found(root).dialect) == ((2, 122, 1), 2)


def test_path_wins_over_node_modules_and_the_setting_over_both(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package(root, "3.0.5")
    monkeypatch.setenv("PATH", str(package(root.parents[1], "2.110.0").parent))
    assert (found(root).version, found(root).source) == ((2, 110, 0), "PATH")
    package(root / "tools", "3.9.9")
    (root / "pyproject.toml").write_text('[tool.supabase-tasks]\ncli_path = "tools/node_modules/.bin/supabase"\n')
    assert (found(root).version, found(root).source) == ((3, 9, 9), "cli_path")


def test_the_override_of_the_shim_wins_over_everything(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package(root, "2.122.1")
    monkeypatch.setenv("SUPABASE_CLI_BINARY_OVERRIDE", str(clis.path("3")))
    assert found(root) == Binary(clis.path("3"), (3, 1, 0), "SUPABASE_CLI_BINARY_OVERRIDE")


@pytest.mark.parametrize("setting", ["cli_path", "SUPABASE_CLI_BINARY_OVERRIDE"])
def test_a_named_program_that_is_not_there_is_no_reason_to_take_another(
    root: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    package(root, "3.1.0")
    if setting == "cli_path":
        (root / "pyproject.toml").write_text('[tool.supabase-tasks]\ncli_path = "gone"\n')
    else:
        monkeypatch.setenv(setting, str(root / "gone"))
    with pytest.raises(CliError, match=f"{setting} names .*gone"):
        found(root)


def test_too_old_a_cli_is_refused_with_the_command_that_helps(root: Path) -> None:
    package(root, "2.40.7")
    with pytest.raises(CliError) as caught:
        found(root)
    assert "2.40.7" in caught.value.message
    assert "npm install" in (caught.value.next_step or "")
    assert caught.value.data["minimum"] == "2.100.0"


def test_a_shim_without_its_native_package_is_run_itself(tmp_path: Path) -> None:
    link = package(tmp_path, "3.1.0")
    shutil.rmtree(tmp_path / "node_modules" / "@supabase")
    assert native(link) == link


def test_without_any_and_without_npm_one_error_says_what_helps(root: Path) -> None:
    with pytest.raises(CliError) as caught:
        found(root)
    assert caught.value.code == "cli-missing"
    assert "install Node.js" in (caught.value.advice.fix or "")
    assert set(caught.value.others) <= {"brew install supabase/tap/supabase"}


def test_an_installation_in_the_cache_is_used_without_npm(root: Path) -> None:
    package(state_dir.state_root() / "cli" / "3.1.0", "3.1.0")
    lines: list[str] = []
    binary = find_cli(settings.load(root), on_line=lines.append)
    assert (binary.version, lines) == ((3, 1, 0), [])


def test_npm_that_fails_is_reported_and_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.defpath + ":/usr/local/bin")
    lines: list[str] = []
    with pytest.raises(CliError, match=r"npm could not install the Supabase CLI 0\.0\.0-nosuch") as caught:
        install.ensure("0.0.0-nosuch", on_line=lines.append)
    assert caught.value.cause
    assert "once" in lines[0]
    assert list((state_dir.state_root() / "cli").iterdir()) == []
