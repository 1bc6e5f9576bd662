"""Importing models: what is found, what is told about it, and what goes wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import Models
from supabase_tasks.models.collect import own_tables
from supabase_tasks.models.ddl import ddl_statements
from supabase_tasks.models.import_causes import meant_module
from supabase_tasks.models.renames import hints

Load = Callable[..., Models]
CORE = "from sqlalchemy import *\nm = MetaData()\nTable('{}', m, Column('id', Integer, primary_key=True))\n"


def names(models: Models) -> set[str]:
    return {table.name for table in own_tables(models.metadata)}


def test_every_submodule_is_imported(load: Load) -> None:
    files = {
        "{name}/__init__.py": "from sqlalchemy import MetaData\nm = MetaData()\n",
        "{name}/a.py": "from sqlalchemy import *\nfrom {name} import m\nTable('a', m, Column('id', Integer))\n",
        "{name}/deep/__init__.py": "",
        "{name}/deep/b.py": "from sqlalchemy import *\nfrom {name} import m\nTable('b', m, Column('id', Integer))\n",
        "{name}/__main__.py": "raise SystemExit('never run')\n",
    }
    assert names(load(files=files)) == {"a", "b"}


@pytest.mark.parametrize(
    "code",
    [
        CORE.format("t"),
        "from sqlmodel import *\nclass T(SQLModel, table=True):\n    __tablename__ = 't'\n"
        "    id: int = Field(primary_key=True)\n",
        "from sqlalchemy.orm import *\nclass Base(DeclarativeBase): ...\nclass T(Base):\n    __tablename__ = 't'\n"
        "    id: Mapped[int] = mapped_column(primary_key=True)\n",
        "from sqlalchemy import *\nt = Table('t', MetaData(), Column('id', Integer))\n",
    ],
    ids=["core", "sqlmodel", "declarative", "only a table"],
)
def test_tables_are_found_in_every_style(code: str, load: Load) -> None:
    models = load(code)
    assert names(models) == {"t"}
    origin = models.table_origin("public", "t")
    assert origin is not None and "T" in Path(origin.file).read_text().splitlines()[origin.line - 1]


def test_several_metadata_become_one_with_their_declarations(load: Load) -> None:
    models = load(
        "from sqlalchemy import *\nfrom supabase_tasks.schema import *\n"
        "one, two = MetaData(), MetaData()\n"
        "Table('a', one, Column('id', Integer, info=renamed_from('old')), Policy('Read', using=lambda t: t.c.id > 0))\n"
        "Table('b', two, Column('id', Integer, index=True), RenamedFrom('bb'), Grant('select', to=anon))\n"
        "Sequence('s', metadata=two)\n"
        "View('v', 'select 1', metadata=two)\n"
    )
    assert names(models) == {"a", "b"}
    assert models.find("policy", ["public", "a", "Read"]) and models.find("view", ["public", "v"])
    assert {hint.kind for hint in hints(models)} == {"column", "table"}
    assert {"sequence", "index", "policy"} <= {statement.kind for statement in ddl_statements(models)}


def test_one_table_in_two_metadata_is_refused(load: Load) -> None:
    with pytest.raises(ModelsError, match="declared in two MetaData"):
        load(CORE.format("t") + "n = MetaData()\nTable('t', n, Column('id', Integer))\n")


def test_plain_sql_is_read(load: Load, tmp_path: Path) -> None:
    folder = tmp_path / "sql"
    folder.mkdir()
    (folder / "a.sql").write_text("create view v as select 1;")
    models = load(CORE.format("t"), sql=folder)
    assert models.find("view", ["public", "v"])
    assert folder / "a.sql" in models.files


def test_files_and_variables_that_the_import_read_are_told(load: Load, tmp_path: Path) -> None:
    (tmp_path / "limits.json").write_text("{}")
    models = load(
        files={
            "{name}/__init__.py": "import os\nfrom pathlib import Path\nfrom {name}_help import *\n"
            "os.environ.get('DOCS_TEST_FLAG')\nPath(__file__).parents[1].joinpath('limits.json').read_text()\n",
            "{name}_help.py": CORE.format("t"),
        }
    )
    shown = {path.name for path in models.files}
    assert {"__init__.py", "limits.json"} <= shown
    assert any(re.fullmatch(r"models_\d+_help\.py", name) for name in shown)
    assert "DOCS_TEST_FLAG" in models.environment
    assert type(os.environ).__name__ == "_Environ"


BROKEN = {
    "missing library": ("import sqlalchemy\nimport no_such_library\n", 2, "no_such_library"),
    "wrong name": ("x = 1\n\ny = undefined_name\n", 3, "undefined_name"),
    "syntax": ("x = 1\ndef f(:\n", 2, "invalid syntax"),
    "exit": ("raise SystemExit('no')\n", 1, "SystemExit"),
    "double table": (CORE.format("t") + "Table('t', m, Column('x', Integer))\n", 4, "declared twice"),
}


@pytest.mark.parametrize(("code", "line", "message"), BROKEN.values(), ids=BROKEN)
def test_an_import_that_fails_names_file_and_line(code: str, line: int, message: str, load: Load) -> None:
    with pytest.raises(ModelsError) as caught:
        load(code)
    assert re.search(rf"models_\d+\.py:{line}: ", caught.value.message)
    assert message in caught.value.message + str(caught.value.cause)
    assert caught.value.next_step


def test_a_module_that_does_not_exist_is_named(load: Load) -> None:
    with pytest.raises(ModelsError, match="does not exist below"):
        load(files={"unrelated.py": ""})


def test_a_path_or_a_misspelt_module_is_told_with_the_one_that_is_meant(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "models.py").write_text("")
    given = ("shop/models", "shop/models.py", "./shop/models", "shop.modls", "shp", "shop.models", "elsewhere")
    expected = [*["did you mean 'shop.models'?"] * 4, "did you mean 'shop'?", None, None]
    assert [meant_module(name, tmp_path) for name in given] == expected


def test_models_without_a_table_are_refused(load: Load) -> None:
    with pytest.raises(ModelsError, match="declares no table") as caught:
        load("from sqlalchemy import MetaData\nm = MetaData()\nfrom supabase_tasks.schema import auth_users\n")
    assert caught.value.code == "no-models"


def test_models_with_nothing_but_a_view_name_it(load: Load) -> None:
    table = "sa.Table('v', m, sa.Column('id', sa.Integer), info={'is_view': True})"
    code = f"import sqlalchemy as sa\nm = sa.MetaData()\nv = {table}\n"
    with pytest.raises(ModelsError, match="declares no table") as caught:
        load(code)
    assert re.search(r"models_\d+\.py:3: public\.v is marked is_view", str(caught.value.cause))


def test_an_interrupt_is_not_an_import_error(load: Load) -> None:
    with pytest.raises(KeyboardInterrupt):
        load("raise KeyboardInterrupt\n")


def test_the_exposed_schemas_come_from_config_toml(load: Load, tmp_path: Path) -> None:
    (tmp_path / "supabase").mkdir()
    (tmp_path / "supabase" / "config.toml").write_text('[api]\nschemas = ["api"]\n')
    code = "from sqlalchemy import *\nm = MetaData()\nTable('t', m, Column('id', Integer), schema='api')\n"
    assert load(code).find("row_level_security", ["api", "t"])
    assert load(code, exposed_schemas=("public",)).find("row_level_security", ["api", "t"]) is None


def test_what_the_models_print_goes_to_standard_error(load: Load, capfd: pytest.CaptureFixture[str]) -> None:
    start = "subprocess.run([sys.executable, '-c', 'print(3)'])"
    load(f"import os, subprocess, sys\nprint('one')\nos.write(1, b'two\\n')\n{start}\n{CORE.format('a')}")
    print("behind")
    told = capfd.readouterr()
    assert told.out == "behind\n"
    assert [word for word in ("one", "two", "3") if word not in told.err.split()] == []


SEVERAL = (
    "from sqlalchemy import *\nfrom sqlalchemy.orm import *\none, two = MetaData(), MetaData()\n"
    "class Base(DeclarativeBase): ...\nclass C(Base):\n    __tablename__ = 'c'\n"
    "    id: Mapped[int] = mapped_column(primary_key=True)\n"
    "class Held:\n    inner = two\n"
    "Table('a', one, Column('id', Integer))\nTable('b', two, Column('id', Integer))\n"
)


@pytest.mark.parametrize(
    ("named", "tables"),
    [
        ((), {"a", "b", "c"}),
        (("{name}:one",), {"a"}),
        (("{name}:one", "{name}:Base"), {"a", "c"}),
        (("{name}:C",), {"c"}),
        (("{name}:Held.inner",), {"b"}),
        (("!{name}:two",), {"a", "c"}),
        (("!{name}:two", "!{name}:Base"), {"a"}),
        (("{name}:one", "{name}:two", "!{name}:two"), {"a"}),
    ],
)
def test_the_setting_chooses_among_several_metadata(load: Load, named: tuple[str, ...], tables: set[str]) -> None:
    assert names(load(SEVERAL, metadata=named)) == tables


def test_one_of_two_that_declare_the_same_table_can_be_left_out(load: Load) -> None:
    twice = CORE.format("t") + "n = MetaData()\nTable('t', n, Column('id', Integer), Column('more', Text))\n"
    assert names(load(twice, metadata=("!{name}:m",))) == {"t"}


@pytest.mark.parametrize("named", ["{name}:missing", "!{name}:onne", "elsewhere:one", "{name}", "{name}:Integer"])
def test_a_metadata_that_is_not_there_is_named_with_those_that_are(load: Load, named: str) -> None:
    with pytest.raises(ModelsError, match="the models have no MetaData there") as caught:
        load(SEVERAL, metadata=(named,))
    assert ":one" in (caught.value.cause or "")
    assert ":Base" in (caught.value.cause or "")


def test_a_warning_of_sqlalchemy_is_not_shown_with_the_failure_that_explains_it(
    load: Load, recwarn: pytest.WarningsRecorder
) -> None:
    twice = "class A(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n\n\n"
    with pytest.raises(ModelsError, match="the table a is declared twice"):
        load(f"from sqlmodel import Field, SQLModel\n\n\n{twice}{twice}")
    assert [one for one in recwarn if one.category.__name__ == "SAWarning"] == []


def test_a_warning_of_sqlalchemy_is_shown_where_the_models_load(load: Load, recwarn: pytest.WarningsRecorder) -> None:
    load(
        f"import warnings\nfrom sqlalchemy.exc import SAWarning\nwarnings.warn('mind this', SAWarning)\n{CORE.format('t')}"
    )
    assert [str(one.message) for one in recwarn if one.category.__name__ == "SAWarning"] == ["mind this"]
