"""An import that fails is told by its cause, with the variable that was missing."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import Models
from supabase_tasks.models.collect import own_tables

Load = Callable[..., Models]
TABLE = "from sqlalchemy import *\nm = MetaData()\nTable('t', m, Column('id', Integer, primary_key=True))\n"
# What pydantic-settings does with the environment, in small: the class's name and its options are what is looked at.
SETTINGS = """
import os
from pydantic import BaseModel

class BaseSettings(BaseModel):
    def __init__(self, **values):
        prefix = self.model_config.get("env_prefix", "")
        known = {name: os.environ.get((prefix + name).upper()) for name in type(self).model_fields}
        super().__init__(**{name: value for name, value in known.items() if value is not None}, **values)
"""


def failure(load: Load, text: str = "", **options: object) -> ModelsError:
    with pytest.raises(ModelsError) as caught:
        load(text, **options)
    return caught.value


def test_the_headline_of_a_validation_error_is_its_finding(load: Load) -> None:
    text = f"{SETTINGS}\nclass Shop(BaseSettings):\n    shop_url: str\n    shop_key: str\n\nshop = Shop()\n{TABLE}"
    error = failure(load, text)
    assert "ValidationError of Shop: shop_url: Field required; shop_key: Field required" in error.message
    assert "further information" not in error.message
    assert error.next_step == "set SHOP_URL, SHOP_KEY in the environment"
    assert error.data["unset_variables"] == ["SHOP_URL", "SHOP_KEY"]
    assert "env_files are for the targets" in str(error.cause)


def test_a_prefix_is_part_of_the_variables_name(load: Load) -> None:
    config = "    model_config = {'env_prefix': 'app_'}\n"
    text = f"{SETTINGS}\nclass Shop(BaseSettings):\n{config}    url: str\n\nshop = Shop()\n{TABLE}"
    assert failure(load, text).data["unset_variables"] == ["APP_URL"]


def test_settings_that_others_make_have_their_own_prefix(load: Load) -> None:
    inner = "class Data(BaseSettings):\n    model_config = {'env_prefix': 'data_'}\n    host: str\n"
    outer = "class Shop(BaseSettings):\n    model_config = {'env_prefix': 'shop_'}\n    data: Data | None = None\n"
    made = "    def __init__(self):\n        super().__init__(data=Data())\n\nShop()\n"
    error = failure(load, f"{SETTINGS}\n{inner}\n{outer}{made}{TABLE}")
    assert error.data["unset_variables"] == ["DATA_HOST"]


def test_a_file_is_said_to_hold_only_what_it_holds(load: Load, tmp_path: Path) -> None:
    (tmp_path / ".env.development").write_text("SHOP_KEY=x\n")
    error = failure(
        load, f"{SETTINGS}\nclass Shop(BaseSettings):\n    shop_url: str\n    shop_key: str\n\nShop()\n{TABLE}"
    )
    assert "(SHOP_KEY stands in .env.development)" in str(error.cause)
    assert str(error.next_step).endswith("set -a; . ./.env.development; set +a, and set SHOP_URL")


def test_a_name_without_the_prefix_of_its_variable_is_found_in_a_file(load: Load, tmp_path: Path) -> None:
    # dynaconf reads the whole environment, and says a setting's name.
    (tmp_path / ".env.development").write_text("SHOP_DB_URL=x\nSHOP_OTHER=y\n")
    error = failure(
        load, f"import os\ndict(os.environ)\nraise AttributeError('DB_URL is required in env main')\n{TABLE}"
    )
    assert error.data["unset_variables"] == ["SHOP_DB_URL"]
    assert str(error.next_step).endswith("set -a; . ./.env.development; set +a")


def test_a_variable_that_stands_in_an_env_file_is_found_there(load: Load, tmp_path: Path) -> None:
    (tmp_path / ".env.development").write_text("SHOP_DB=postgresql://x\n")
    error = failure(load, f"import os\nURL = os.environ['SHOP_DB']\n{TABLE}")
    assert error.message.endswith("cannot be imported: the environment variable SHOP_DB is not set")
    assert str(error.next_step).endswith("set -a; . ./.env.development; set +a")
    assert "SHOP_DB stands in .env.development" in str(error.cause)


def test_a_variable_that_was_read_and_is_not_set_is_named(load: Load) -> None:
    error = failure(load, f"import os\n{TABLE}create_engine(os.getenv('SHOP_DB'))\n")
    assert "Expected string or URL object, got None" in error.message
    assert "read and are not set: SHOP_DB" in str(error.cause)
    assert error.next_step == "set SHOP_DB in the environment, or correct the file, then run it again"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("PORT = int(\n    os.getenv('SHOP_PORT', '')\n)", "set SHOP_PORT in the environment, or correct the file"),
        ("x = os.getenv('SHOP_A')\nassert x", "set SHOP_A in the environment, or correct the file"),
        ("x = [os.getenv(f'SHOP_{n}') for n in range(9)] + os.getenv('SHOP_B')", "set SHOP_B in the environment"),
        ("x = ''.join(os.getenv(n, '') for n in ('S1', 'S2', 'S3', 'S4'))\nint(x)", "correct the file"),
        ("x = os.getenv('SHOP_C')\nprint(y)", "correct the file"),
        ("x = os.getenv('SHOP_C')\nimport absent", "install 'absent' or correct the import"),
    ],
)
def test_a_variable_that_may_be_the_cause_is_offered(load: Load, text: str, told: str) -> None:
    assert str(failure(load, f"import os\n{text}\n{TABLE}").next_step).startswith(told)


def test_a_variable_in_a_file_that_is_no_setting_is_found_too(load: Load, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SHOP_DB=postgresql://x\n")
    (tmp_path / ".env.example").write_text("SHOP_DB=\n")
    error = failure(load, f"import os\nURL = os.environ['SHOP_DB']\n{TABLE}", env_files=())
    assert str(error.next_step).endswith("set -a; . ./.env; set +a")
    assert "SHOP_DB stands in .env)" in str(error.cause)


# What raises: starlette's Config, environs and python-decouple, each in its own words.
@pytest.mark.parametrize(
    ("raised", "headline"),
    [
        (
            "KeyError(\"Config 'SHOP_DB' is missing, and has no default.\")",
            "the environment variable SHOP_DB is not set",
        ),
        (
            "ValueError('Environment variable \"SHOP_DB\" not set')",
            'ValueError: Environment variable "SHOP_DB" not set',
        ),
        (
            "RuntimeError('SHOP_DB not found. Declare it as envvar')",
            "RuntimeError: SHOP_DB not found. Declare it as envvar",
        ),
    ],
)
def test_a_variable_that_a_library_misses_is_to_be_set(load: Load, raised: str, headline: str) -> None:
    others = "".join(f"os.environ.get('SHOP_{n}')\n" for n in range(30))
    error = failure(load, f"import os\n{others}if os.environ.get('SHOP_DB') is None:\n    raise {raised}\n{TABLE}")
    assert error.message.endswith(f"cannot be imported: {headline}")
    assert error.next_step == "set SHOP_DB in the environment"
    assert error.data["unset_variables"] == ["SHOP_DB"]


def test_of_many_variables_that_were_read_the_first_are_named(load: Load) -> None:
    others = "".join(f"os.environ.get('SHOP_{n:02}')\n" for n in range(30))
    error = failure(load, f"import os\n{others}1 / 0\n{TABLE}")
    assert "read and are not set: SHOP_00, SHOP_01" in str(error.cause)
    assert str(error.cause).splitlines()[0].endswith("SHOP_09, 20 more")
    assert len(error.data["unset_variables"]) == 30


def test_a_cause_behind_another_exception_is_seen(load: Load) -> None:
    text = "import os\ntry:\n    os.environ['SHOP_DB']\nexcept KeyError as e:\n    raise RuntimeError('no settings') from e\n"
    error = failure(load, text + TABLE)
    assert "RuntimeError: no settings" in error.message
    assert error.data["unset_variables"] == ["SHOP_DB"]


def test_the_headline_of_sqlalchemys_errors_is_their_first_line(load: Load) -> None:
    text = "from sqlmodel import *\nclass A(SQLModel, table=True):\n    x: int\n"
    message = failure(load, text).message
    assert message.endswith("cannot be imported: the table of A has no primary key")
    assert "Background on this error" not in message


def test_an_object_that_raises_when_it_is_asked_is_passed_over(load: Load) -> None:
    proxy = "class Proxy:\n    def __getattr__(self, name):\n        raise RuntimeError('no context')\n\ncurrent = Proxy()\n"
    assert [table.name for table in own_tables(load(proxy + TABLE).metadata)] == ["t"]


def test_alembics_scripts_are_not_run(load: Load) -> None:
    models = load(
        files={
            "{name}/__init__.py": TABLE,
            "{name}/migrations/__init__.py": "",
            "{name}/migrations/script.py.mako": "",
            "{name}/migrations/env.py": "raise RuntimeError('this would migrate a database')\n",
        }
    )
    assert [table.name for table in own_tables(models.metadata)] == ["t"]


@pytest.mark.parametrize(
    "line", ["from alembic import context", "from alembic import op, context as c", "import alembic.context"]
)
@pytest.mark.parametrize("folder", ["revisions/", ""])
def test_alembics_scripts_are_known_without_their_template(line: str, folder: str, load: Load) -> None:
    models = load(
        files={
            "{name}/__init__.py": TABLE,
            f"{{name}}/{folder}versions/__init__.py": "raise RuntimeError('a revision')\n",
            **({f"{{name}}/{folder}__init__.py": ""} if folder else {}),
            f"{{name}}/{folder}env.py": f"{line}\nraise RuntimeError('this would migrate a database')\n",
        }
    )
    assert [table.name for table in own_tables(models.metadata)] == ["t"]


def test_a_module_called_env_is_one_of_the_models(load: Load) -> None:
    files = {"{name}/__init__.py": "", "{name}/env.py": TABLE}
    assert [table.name for table in own_tables(load(files=files).metadata)] == ["t"]


LOUD = """
import logging

for name in ("sh", "sh.command", "alembic", "shop"):
    logging.getLogger(name).setLevel(logging.DEBUG)
"""


def test_models_that_make_every_logger_loud_do_not_make_ours_so(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    loggers = [logging.getLogger(name) for name in ("sh.command", "sh", "alembic", "shop")]
    for logger in loggers:
        monkeypatch.setattr(logger, "level", logging.NOTSET)
    load(LOUD + TABLE)
    assert [logger.getEffectiveLevel() for logger in loggers] == [logging.WARNING] * 3 + [logging.DEBUG]


def test_what_an_exception_was_raised_from_is_told(load: Load) -> None:
    text = f"try:\n    int('x')\nexcept ValueError as error:\n    raise LookupError('no port') from error\n{TABLE}"
    error = failure(load, text)
    assert error.message.endswith("cannot be imported: LookupError: no port")
    assert error.cause == "caused by ValueError: invalid literal for int() with base 10: 'x'"


def test_a_library_that_another_one_misses_is_the_cause(load: Load) -> None:
    formatter = "{'version': 1, 'formatters': {'access': {'()': 'absent_library.Access'}}}"
    error = failure(load, f"import logging.config\nlogging.config.dictConfig({formatter})\n{TABLE}")
    assert error.message.endswith("cannot be imported: ModuleNotFoundError: No module named 'absent_library'")
    assert "ValueError: Unable to configure formatter 'access'" in str(error.cause)
    assert error.next_step == "install 'absent_library' or correct the import, then run it again"


def test_a_module_that_a_package_lacks_is_no_library_to_install(load: Load) -> None:
    error = failure(load, f"import sqlalchemy.dialect\n{TABLE}")
    assert error.message.endswith("cannot be imported: No module named 'sqlalchemy.dialect'")
    assert error.cause == "did you mean 'sqlalchemy.dialects'?"
    assert error.next_step == "correct the import"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("import {name}.usres", "usres"),
        ("from .usres import x", "usres"),
        ("from {name}.deep import y", "deep.therr"),
        ("import {name}.deep.therr", "deep.therr"),
    ],
)
def test_a_package_that_could_not_be_imported_is_no_library_to_install(load: Load, text: str, missing: str) -> None:
    """It is gone from `sys.modules` by then, and no line of it is run again."""
    files = {
        "{name}/__init__.py": f"import sys\nsys.ran = getattr(sys, 'ran', 0) + 1\n{text}\n",
        "{name}/users.py": "",
        "{name}/deep/__init__.py": "from .therr import y\n" if "deep import" in text else "",
        "{name}/deep/there.py": "",
    }
    error = failure(load, files=files)
    assert vars(sys).pop("ran") == 1
    assert "cannot be imported: No module named '" in error.message and f".{missing}'" in error.message
    meant = "deep.there" if "deep" in missing else "users"
    assert str(error.cause).endswith(f".{meant}'?")
    assert error.next_step == "correct the import"


def test_a_part_of_a_namespace_may_be_a_library_to_install(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere" / "spacious" / "here").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "elsewhere")
    error = failure(load, f"import spacious.here\nimport spacious.there.deep\n{TABLE}")
    assert error.next_step == "install 'spacious.there' or correct the import, then run it again"


def test_a_name_like_one_that_is_there_is_suggested(load: Load) -> None:
    error = failure(load, f"{TABLE}total = strr\n")
    assert error.message.endswith("cannot be imported: NameError: name 'strr' is not defined")
    assert error.cause == "did you mean 'str'?"
    error = failure(load, f"{TABLE}m.create_al()\n")
    assert "has no attribute 'create_al'" in error.message
    assert error.cause == "did you mean 'create_all'?"
