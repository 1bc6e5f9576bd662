"""The base class of all models and the columns that most tables share."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import MetaData, func
from sqlmodel import Field, SQLModel

from app.db.schema.shared.types import Timestamp
from supabase_tasks.schema import platform_tables

# Names that can be told in advance: a constraint without a name could never be renamed or dropped on purpose.
NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING_CONVENTION)
platform_tables(metadata, "auth.users")


class Model(SQLModel):
    """Base of every table of the application."""

    metadata: ClassVar[MetaData] = metadata


class Identified(Model):
    """A random UUID as primary key, made by the application or else by the database."""

    id: UUID = Field(
        default_factory=uuid4, primary_key=True, sa_column_kwargs={"server_default": func.gen_random_uuid()}
    )


class Timestamped(Model):
    """When a row was made and last changed; the trigger `set_updated_at` keeps the second.

    Columns come in the reverse order of the base classes: `class X(Timestamped, Identified)` begins with the id.
    """

    created_at: datetime | None = Field(
        default=None, nullable=False, sa_type=Timestamp, sa_column_kwargs={"server_default": func.now()}
    )
    updated_at: datetime | None = Field(
        default=None, nullable=False, sa_type=Timestamp, sa_column_kwargs={"server_default": func.now()}
    )
