"""What Alembic needs in addition to the SQLModel project: an env.py that imports the same models."""

from __future__ import annotations

from pathlib import Path

_INI = "[alembic]\nscript_location = %(here)s/alembic\n"
_ENV = """\
import os

from alembic import context
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import app.models

with create_engine(os.environ["BENCH_DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection, target_metadata=SQLModel.metadata)
    with context.begin_transaction():
        context.run_migrations()
"""
_TEMPLATE = '''\
"""${message}"""
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade():
    ${upgrades if upgrades else "pass"}


def downgrade():
    ${downgrades if downgrades else "pass"}
'''


def write(folder: Path) -> None:
    """alembic.ini and the script folder, into a project that `write.sqlmodel` wrote."""
    (folder / "alembic" / "versions").mkdir(parents=True, exist_ok=True)
    (folder / "alembic.ini").write_text(_INI)
    (folder / "alembic" / "env.py").write_text(_ENV)
    (folder / "alembic" / "script.py.mako").write_text(_TEMPLATE)
