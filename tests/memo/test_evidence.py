"""What really is imported, from real models in a real process: whatever they rest on, its change is noticed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support import checking, warm

from supabase_tasks import installed
from supabase_tasks.process import run

# A full check as far as the models go: no database is needed to learn what they rest on.
CHECK = """
import sys
# What happens in the repository meanwhile is none of the project's.
sys.path[:] = ["", *(folder for folder in sys.path if folder != REPOSITORY)]
from supabase_tasks import memo, settings
from supabase_tasks.files import digest
project = settings.load()
known = memo.begin(project)
if known.is_fresh():
    print("remembered")
else:
    from supabase_tasks.models import loading
    models = loading.load(project)
    table = models.metadata.tables["thing"]
    migrations = {path: digest(path.read_bytes()) for path in project.migrations.glob("*.sql")}
    refused = known.remember(files=models.files, environment=models.environment, migrations=migrations)
    print("checked", *sorted(column.name for column in table.columns), refused or models.untracked_inputs or "")
""".replace("REPOSITORY", repr(str(Path(installed.PACKAGE).parent)))
MODEL = """
from sqlmodel import Field, SQLModel
{head}

class Thing(SQLModel, table=True):
    id: int = Field(primary_key=True)
    if {condition}:
        extra: str
"""


Check = Callable[..., str]


@pytest.fixture
def check(plugin: Path, parent: warm.Parent) -> Check:
    """What a check of the project in this folder says, with these variables."""

    def run_check(project: Path, **variables: str | None) -> str:
        script = project.parent / "script/check.py"
        write(script, CHECK)
        environment = {"SUPABASE_TASKS_CACHE": str(project.parent / "cache"), "PYTHONPATH": str(plugin)}
        environment |= {"PYTHONDONTWRITEBYTECODE": None, **variables}
        return checking.run_script(parent, [str(script)], project, environment)

    return run_check


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (tmp_path / "cache").mkdir()
    write(root / "pyproject.toml", '[tool.supabase-tasks]\nmodels = "app.models"\n')
    write(root / "supabase/config.toml", 'project_id = "p"\n')
    write(root / "supabase/migrations/0000_a.sql", "select 1;")
    write(root / "app/__init__.py", "")
    models(root)
    return root


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def settled(check: Check, project: Path, **variables: str | None) -> None:
    """One full check, and its answer is remembered."""
    assert check(project, **variables) == "checked id"
    assert check(project, **variables) == "remembered"


def models(project: Path, head: str = "", condition: str = "False") -> None:
    """A table that has the column `extra` when the condition holds."""
    write(project / "app/models/__init__.py", MODEL.format(head=head, condition=condition))


def test_a_module_two_imports_away(check: Check, project: Path) -> None:
    models(project, "from app.near import EXTRA", "EXTRA")
    write(project / "app/near.py", "from shared.far import EXTRA")
    write(project / "shared/far.py", "EXTRA = 0")
    settled(check, project)
    write(project / "shared/far.py", "EXTRA = 1")
    assert check(project) == "checked extra id"


def test_a_variable_read_at_import(check: Check, project: Path) -> None:
    models(project, "import os", "os.getenv('WITH_EXTRA')")
    settled(check, project, WITH_EXTRA=None)
    assert check(project, WITH_EXTRA="1") == "checked extra id"
    assert check(project, WITH_EXTRA="1") == "remembered"
    assert check(project, WITH_EXTRA=None) == "checked id"


@pytest.mark.parametrize(
    "reading",
    [
        "{k.lower(): v for k, v in os.environ.items()}.get('with_extra')",
        "dict(os.environ).get('WITH_EXTRA')",
        "os.environ.copy().get('WITH_EXTRA')",
        "'WITH_EXTRA' in os.environ",
        "os.environb.get(b'WITH_EXTRA')",
        "os.path.expandvars('$WITH_EXTRA') != '$WITH_EXTRA'",
    ],
)
def test_a_variable_read_in_a_roundabout_way(check: Check, project: Path, reading: str) -> None:
    models(project, "import os", reading)
    settled(check, project, WITH_EXTRA=None)
    assert check(project, WITH_EXTRA="1") == "checked extra id"


def test_a_data_file_anywhere(check: Check, project: Path) -> None:
    data = project.parent / "elsewhere" / "columns.txt"
    write(data, "")
    models(project, "from pathlib import Path", f"Path({str(data)!r}).read_text()")
    settled(check, project)
    write(data, "extra")
    assert check(project) == "checked extra id"


def test_a_file_that_was_not_there(check: Check, project: Path) -> None:
    head = "try:\n    flag = open('flag').read()\nexcept FileNotFoundError:\n    flag = None"
    models(project, head, "flag is not None")
    settled(check, project)
    write(project / "flag", "")
    assert check(project) == "checked extra id"


def test_a_folder_that_was_listed(check: Check, project: Path) -> None:
    (project / "data").mkdir()
    models(project, "from pathlib import Path", "list(Path('data').glob('*.json'))")
    settled(check, project)
    write(project / "data/new.json", "{}")
    assert check(project) == "checked extra id"


def test_a_neighbour_outside_the_project(check: Check, project: Path) -> None:
    neighbour = project.parent / "neighbour"
    write(neighbour / "names.py", "EXTRA = 0")
    models(project, f"import sys; sys.path.append({str(neighbour)!r})\nimport names", "names.EXTRA")
    settled(check, project)
    write(neighbour / "names.py", "EXTRA = 1")
    assert check(project) == "checked extra id"


def test_a_new_module_in_the_models_package(check: Check, project: Path) -> None:
    settled(check, project)
    write(project / "app/models/more.py", "from app.models import Thing")
    assert check(project) == "checked id"


def test_a_project_in_a_librarys_folder_is_known_as_one_that_cannot_be_remembered(check: Check, project: Path) -> None:
    inside = project.parent / "node_modules" / "project"
    inside.parent.mkdir()
    project.rename(inside)
    assert "project.foreign" in check(inside)


def test_models_that_ask_a_program_are_known_to_do_so(check: Check, project: Path) -> None:
    models(project, "import subprocess", "subprocess.run(['true']).returncode")
    assert "subprocess.Popen" in check(project)


def test_a_library_that_copies_the_environment_at_its_import_does_not_count(check: Check, project: Path) -> None:
    site = project.parent / "site-packages"
    write(site / "nosy.py", "import os\nALL = dict(os.environ)\nSECRET = os.environ.get('NOSY')\n")
    models(project, f"import sys; sys.path.append({str(site)!r})\nimport nosy")
    settled(check, project)
    assert check(project, UNRELATED="1") == "remembered"
    assert check(project, NOSY="1") == "checked id"


def test_bytecode_of_the_same_second_is_not_believed(check: Check, project: Path) -> None:
    """Two edits of equal length within one second: Python itself would import the first again."""
    path = project / "app/models/__init__.py"
    models(project, condition="True ")
    when = path.stat().st_mtime_ns
    run([sys.executable, "-m", "compileall", "-q", "app"], cwd=project)
    (bytecode,) = (project / "app/models/__pycache__").iterdir()
    os.utime(bytecode, ns=(when, when))
    models(project, condition="False")
    os.utime(path, ns=(when, when))
    assert check(project) == "checked id"
