"""Models are imported without their validators, and later uses show no difference."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from pydantic import ValidationError
from sqlmodel import SQLModel

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import Models

Load = Callable[..., Models]
MODELS = """
from sqlmodel import Field, SQLModel


class Named(SQLModel):
    name: str = Field(max_length=5)


class Team(Named, table=True):
    id: int | None = Field(default=None, primary_key=True)
    size: int = 3
"""


def loaded(load: Load, text: str) -> ModuleType:
    """The models' module after its import."""
    before = set(sys.modules)
    load(text)
    (name,) = (name for name in sys.modules if name.startswith("models_") and name not in before)
    return sys.modules[name]


def test_an_imported_model_has_no_validator_until_it_is_used(load: Load) -> None:
    module = loaded(load, MODELS)
    assert not module.Team.__pydantic_complete__
    team = module.Team(id=1, name="Reds")
    assert (team.id, team.name, team.size) == (1, "Reds", 3)
    assert team.model_dump() == {"name": "Reds", "id": 1, "size": 3}
    assert module.Team.__pydantic_complete__


def test_a_model_that_is_used_afterwards_validates_as_ever(load: Load) -> None:
    module = loaded(load, MODELS)
    with pytest.raises(ValidationError):
        module.Named(name="much too long")
    with pytest.raises(ValidationError):
        module.Team.model_validate({"name": "Reds", "size": "no number"})
    assert module.Team.model_validate({"name": "Reds", "size": "4"}).size == 4
    assert module.Team.model_json_schema()["properties"]["name"]["maxLength"] == 5


def test_models_that_are_filled_while_they_are_imported_can_be(load: Load) -> None:
    module = loaded(load, MODELS + "\n\nFIRST = Team(id=1, name='Reds')\nNAMED = Named.model_validate({'name': 'x'})\n")
    assert (module.FIRST.name, module.NAMED.name) == ("Reds", "x")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", None),
        ("\nx = 1 / 0\n", ModelsError),
        ("\nraise SystemExit(1)\n", ModelsError),
        ("\nraise KeyboardInterrupt\n", KeyboardInterrupt),
    ],
    ids=["whole", "error", "exit", "interrupt"],
)
def test_the_setting_is_taken_back(load: Load, text: str, error: type[BaseException] | None) -> None:
    if error is None:
        load(MODELS)
    else:
        with pytest.raises(error):
            load(MODELS + text)
    assert "defer_build" not in SQLModel.model_config

    class Later(SQLModel):
        name: str

    assert Later.__pydantic_complete__


@pytest.mark.parametrize("own", [True, False])
def test_a_setting_of_the_projects_own_stays(load: Load, monkeypatch: pytest.MonkeyPatch, own: bool) -> None:
    monkeypatch.setitem(SQLModel.model_config, "defer_build", own)
    assert loaded(load, MODELS).Team.__pydantic_complete__ is not own
    assert SQLModel.model_config["defer_build"] is own


def test_a_class_that_wants_its_validator_at_once_has_it(load: Load) -> None:
    own = '    model_config = {"defer_build": False}\n    name: str = Field'
    module = loaded(load, MODELS.replace("    name: str = Field", own))
    assert module.Named.__pydantic_complete__
    assert module.Team.__pydantic_complete__


@pytest.mark.parametrize(
    ("change", "left"), [('["defer_build"] = False', {"defer_build": False}), ('.pop("defer_build", None)', {})]
)
def test_models_may_change_the_setting_while_they_are_imported(
    load: Load, monkeypatch: pytest.MonkeyPatch, change: str, left: dict[str, bool]
) -> None:
    monkeypatch.setattr(SQLModel, "model_config", dict(SQLModel.model_config))
    module = loaded(load, MODELS.replace("\n\n\n", f"\n\nSQLModel.model_config{change}\n\n\n", 1))
    assert module.Named.__pydantic_complete__
    assert {key: value for key, value in SQLModel.model_config.items() if key == "defer_build"} == left


def test_models_without_sqlmodel_are_not_made_to_import_it(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "p"\nmodels = "models"\n')
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "__init__.py").write_text("from models import things\n")
    (tmp_path / "models" / "things.py").write_text(
        "from sqlalchemy import *\nm = MetaData()\nTable('t', m, Column('id', Integer, primary_key=True))\n"
    )
    (tmp_path / "supabase" / "migrations").mkdir(parents=True)
    script = (
        "import sys\nfrom pathlib import Path\nfrom supabase_tasks import settings\nfrom supabase_tasks.models import loading\n"
        "print(sorted(loading.load(settings.load(Path.cwd())).metadata.tables))\n"
        "print([name for name in ('sqlmodel', 'pydantic') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["['t']", "[]"], done.stderr
