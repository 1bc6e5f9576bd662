"""Assets: the files that scenes are made of. The files themselves lie in the storage bucket `assets`."""

from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    cast,
    func,
    select,
    text,
)
from sqlalchemy import Uuid as UuidType
from sqlmodel import Field, col

from app.db.schema.project.access import can_edit_project, can_edit_scene, can_view_project, can_view_scene
from app.db.schema.shared import (
    EMPTY_OBJECT,
    Identified,
    Jsonb,
    Model,
    Timestamped,
    changes,
    members_may,
    touch_updated_at,
)
from supabase_tasks.schema import Policy, authenticated, enum_type, storage_objects


class AssetKind(Enum):
    """What an asset is used as."""

    MODEL = "model"
    TEXTURE = "texture"
    ENVIRONMENT = "environment"
    AUDIO = "audio"
    THUMBNAIL = "thumbnail"


class Asset(Timestamped, Identified, table=True):
    """A file of a project, known by its content."""

    __tablename__ = "assets"
    __table_args__ = (
        UniqueConstraint("project_id", "checksum"),
        UniqueConstraint("project_id", "id"),
        CheckConstraint("bytes > 0", name="bytes_positive"),
        CheckConstraint("checksum ~ '^[0-9a-f]{64}$'", name="checksum_form"),
        CheckConstraint("media_type ~ '^[a-z]+/[a-z0-9.+-]+$'", name="media_type_form"),
        Index("ix_assets_kind", "project_id", "kind"),
        *members_may("select", "insert", "update", "delete"),
        Policy("Participants see assets", "select", authenticated, using=lambda t: can_view_project(t.c.project_id)),
        *changes("Editors", "assets", lambda t: can_edit_project(t.c.project_id)),
        touch_updated_at(),
    )

    project_id: UUID = Field(foreign_key="projects.id", ondelete="CASCADE")
    kind: AssetKind = Field(sa_type=enum_type(AssetKind))
    name: str = Field(max_length=255)
    path: str = Field(unique=True, description="In the bucket `assets`: `<project id>/<asset id>/<file name>`")
    media_type: str = Field(max_length=120)
    bytes: int = Field(sa_type=BigInteger)
    checksum: str = Field(max_length=64, description="SHA-256 of the content")
    details: dict[str, Any] = Field(default_factory=dict, sa_type=Jsonb, sa_column_kwargs=EMPTY_OBJECT)
    uploaded_by: UUID | None = Field(default=None, foreign_key="auth.users.id", ondelete="SET NULL", index=True)


class AssetVariant(Timestamped, Identified, table=True):
    """A converted form of an asset, such as a compressed or a smaller one."""

    __tablename__ = "asset_variants"
    __table_args__ = (
        UniqueConstraint("asset_id", "format", "quality"),
        CheckConstraint("quality between 1 and 100", name="quality_range"),
        *members_may("select"),
        Policy(
            "Participants see variants",
            "select",
            authenticated,
            using=lambda t: (
                select(col(Asset.id))
                .where(col(Asset.id) == t.c.asset_id, can_view_project(col(Asset.project_id)))
                .exists()
            ),
        ),
        touch_updated_at(),
    )

    asset_id: UUID = Field(foreign_key="assets.id", ondelete="CASCADE")
    format: str = Field(max_length=20)
    quality: int = Field(default=100, sa_column_kwargs={"server_default": text("100")})
    path: str = Field(unique=True)
    bytes: int = Field(sa_type=BigInteger)


class SceneAsset(Model, table=True):
    """An asset in a scene; one that is used cannot be deleted."""

    __tablename__ = "scene_assets"
    __table_args__ = (
        ForeignKeyConstraint(["project_id", "asset_id"], ["assets.project_id", "assets.id"], ondelete="RESTRICT"),
        Index("ix_scene_assets_asset", "project_id", "asset_id"),
        *members_may("select", "insert", "delete"),
        Policy(
            "Participants see what a scene uses", "select", authenticated, using=lambda t: can_view_scene(t.c.scene_id)
        ),
        *changes("Editors", "assets of scenes", lambda t: can_edit_scene(t.c.scene_id), "insert", "delete"),
    )

    scene_id: UUID = Field(primary_key=True, foreign_key="scenes.id", ondelete="CASCADE")
    asset_id: UUID = Field(primary_key=True)
    project_id: UUID
    node: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": text("''")})


def _project_of_file(t: Any) -> Any:
    """The project that the first folder of a file's path names."""
    return cast(func.split_part(t.c.name, "/", 1), UuidType)


Policy(
    "Participants read asset files",
    "select",
    authenticated,
    on=storage_objects,
    using=lambda t: (t.c.bucket_id == "assets") & can_view_project(_project_of_file(t)),
)
Policy(
    "Editors upload asset files",
    "insert",
    authenticated,
    on=storage_objects,
    check=lambda t: (t.c.bucket_id == "assets") & can_edit_project(_project_of_file(t)),
)
Policy(
    "Editors delete asset files",
    "delete",
    authenticated,
    on=storage_objects,
    using=lambda t: (t.c.bucket_id == "assets") & can_edit_project(_project_of_file(t)),
)
