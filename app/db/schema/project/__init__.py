"""Projects and what is in them: folders, scenes, assets, publishing, statistics, permissions."""

from app.db.schema.project.access import can_edit_project, can_edit_scene, can_view_project, can_view_scene
from app.db.schema.project.assets import Asset, AssetVariant, SceneAsset
from app.db.schema.project.comments import SceneComment
from app.db.schema.project.folders import Folder
from app.db.schema.project.permissions import ProjectMember, ScenePermission
from app.db.schema.project.projects import Project
from app.db.schema.project.publishing import EmbedDomain, Publication
from app.db.schema.project.scenes import Scene, SceneSettings, SceneStatus, SceneTag, SceneVersion
from app.db.schema.project.statistics import SceneDay
from app.db.schema.project.views import organization_overview, published_scenes

__all__ = [
    "Asset",
    "AssetVariant",
    "EmbedDomain",
    "Folder",
    "Project",
    "ProjectMember",
    "Publication",
    "Scene",
    "SceneAsset",
    "SceneComment",
    "SceneDay",
    "ScenePermission",
    "SceneSettings",
    "SceneStatus",
    "SceneTag",
    "SceneVersion",
    "can_edit_project",
    "can_edit_scene",
    "can_view_project",
    "can_view_scene",
    "organization_overview",
    "published_scenes",
]
