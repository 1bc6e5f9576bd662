"""Scenes: what is built, looked at and published."""

from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Computed, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field

from app.db.schema.project.access import can_edit_project, can_edit_scene, can_view_scene
from app.db.schema.shared import (
    EMPTY_OBJECT,
    Identified,
    Jsonb,
    Model,
    Timestamped,
    changes,
    members_may,
    text_array,
    touch_updated_at,
)
from supabase_tasks.schema import Extension, Grant, Policy, anon, authenticated, enum_type

Extension("pg_trgm")


class SceneStatus(Enum):
    """The life of a scene."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


def _is_published(t: Any) -> Any:
    return t.c.status == SceneStatus.PUBLISHED


class Scene(Timestamped, Identified, table=True):
    """A 3D scene in a project, in a folder of that project or at its top."""

    __tablename__ = "scenes"
    __table_args__ = (
        UniqueConstraint("organization_id", "id"),
        ForeignKeyConstraint(
            ["organization_id", "project_id"], ["projects.organization_id", "projects.id"], ondelete="CASCADE"
        ),
        # Deleting a folder leaves its scenes at the top of the project.
        ForeignKeyConstraint(
            ["project_id", "folder_id"], ["folders.project_id", "folders.id"], ondelete="SET NULL (folder_id)"
        ),
        CheckConstraint("char_length(name) between 1 and 160", name="name_length"),
        CheckConstraint("cardinality(labels) <= 20", name="labels_limit"),
        Index("ix_scenes_project", "organization_id", "project_id"),
        Index("ix_scenes_folder", "project_id", "folder_id"),
        Index("ix_scenes_open", "project_id", "status", postgresql_where=text("status <> 'archived'")),
        Index("ix_scenes_search", "search", postgresql_using="gin"),
        Index("ix_scenes_labels", "labels", postgresql_using="gin"),
        Index("ix_scenes_name", "name", postgresql_using="gin", postgresql_ops={"name": "extensions.gin_trgm_ops"}),
        *members_may("select", "insert", "update", "delete"),
        Grant("select", to=anon),
        Policy("Visitors see published scenes", "select", anon, using=_is_published),
        Policy(
            "Participants see scenes, everyone published ones",
            "select",
            authenticated,
            using=lambda t: _is_published(t) | can_view_scene(t.c.id),
        ),
        Policy("Editors add scenes", "insert", authenticated, check=lambda t: can_edit_project(t.c.project_id)),
        Policy(
            "Editors change scenes",
            "update",
            authenticated,
            using=lambda t: can_edit_scene(t.c.id),
            check=lambda t: can_edit_project(t.c.project_id) | can_edit_scene(t.c.id),
        ),
        Policy("Editors delete scenes", "delete", authenticated, using=lambda t: can_edit_project(t.c.project_id)),
        touch_updated_at(),
        {"comment": "3D scenes. What visitors see is a version of it, chosen by a publication."},
    )

    organization_id: UUID
    project_id: UUID
    folder_id: UUID | None = None
    name: str = Field(max_length=160)
    description: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    status: SceneStatus = Field(
        default=SceneStatus.DRAFT, sa_type=enum_type(SceneStatus), sa_column_kwargs={"server_default": text("'draft'")}
    )
    labels: list[str] = Field(
        default_factory=list, sa_type=text_array, sa_column_kwargs={"server_default": text("'{}'::text[]")}
    )
    created_by: UUID | None = Field(default=None, foreign_key="auth.users.id", ondelete="SET NULL", index=True)
    search: str | None = Field(
        default=None,
        sa_column=Column(
            TSVECTOR,
            Computed(
                "setweight(to_tsvector('simple'::regconfig, name), 'A')"
                " || setweight(to_tsvector('simple'::regconfig, description), 'B')",
                persisted=True,
            ),
        ),
    )


class SceneSettings(Timestamped, table=True):
    """How a scene is lit and framed: one row for each scene."""

    __tablename__ = "scene_settings"
    __table_args__ = (
        CheckConstraint("jsonb_typeof(camera) = 'object'", name="camera_object"),
        CheckConstraint("exposure between 0 and 10", name="exposure_range"),
        CheckConstraint("background ~ '^#[0-9a-f]{6}$'", name="background_form"),
        *members_may("select", "insert", "update"),
        Policy("Participants see settings", "select", authenticated, using=lambda t: can_view_scene(t.c.scene_id)),
        *changes("Editors", "settings", lambda t: can_edit_scene(t.c.scene_id), "insert", "update"),
        touch_updated_at(),
    )

    scene_id: UUID = Field(primary_key=True, foreign_key="scenes.id", ondelete="CASCADE")
    camera: dict[str, Any] = Field(default_factory=dict, sa_type=Jsonb, sa_column_kwargs=EMPTY_OBJECT)
    lights: dict[str, Any] = Field(default_factory=dict, sa_type=Jsonb, sa_column_kwargs=EMPTY_OBJECT)
    exposure: float = Field(default=1.0, sa_column_kwargs={"server_default": text("1")})
    background: str = Field(default="#ffffff", max_length=7, sa_column_kwargs={"server_default": text("'#ffffff'")})
    auto_rotate: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})


class SceneVersion(Timestamped, Identified, table=True):
    """A saved state of a scene; restoring one makes a new version with it as its parent."""

    __tablename__ = "scene_versions"
    __table_args__ = (
        UniqueConstraint("scene_id", "number"),
        UniqueConstraint("scene_id", "id"),
        ForeignKeyConstraint(["scene_id", "parent_id"], ["scene_versions.scene_id", "scene_versions.id"]),
        CheckConstraint("number > 0", name="number_positive"),
        Index("ix_scene_versions_parent", "scene_id", "parent_id"),
        *members_may("select", "insert"),
        Policy("Participants see versions", "select", authenticated, using=lambda t: can_view_scene(t.c.scene_id)),
        Policy("Editors save versions", "insert", authenticated, check=lambda t: can_edit_scene(t.c.scene_id)),
        touch_updated_at(),
    )

    scene_id: UUID = Field(foreign_key="scenes.id", ondelete="CASCADE")
    number: int
    parent_id: UUID | None = None
    document: dict[str, Any] = Field(sa_type=Jsonb)
    note: str | None = Field(default=None, max_length=500)
    created_by: UUID | None = Field(default=None, foreign_key="auth.users.id", ondelete="SET NULL", index=True)


class SceneTag(Model, table=True):
    """A tag on a scene; both belong to the same organisation."""

    __tablename__ = "scene_tags"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "scene_id"], ["scenes.organization_id", "scenes.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["organization_id", "tag_id"], ["tags.organization_id", "tags.id"], ondelete="CASCADE"),
        Index("ix_scene_tags_tag", "organization_id", "tag_id"),
        Index("ix_scene_tags_scene", "organization_id", "scene_id"),
        *members_may("select", "insert", "delete"),
        Policy(
            "Participants see tags of scenes", "select", authenticated, using=lambda t: can_view_scene(t.c.scene_id)
        ),
        *changes("Editors", "tags of scenes", lambda t: can_edit_scene(t.c.scene_id), "insert", "delete"),
    )

    scene_id: UUID = Field(primary_key=True)
    tag_id: UUID = Field(primary_key=True)
    organization_id: UUID
