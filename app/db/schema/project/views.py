"""What pages read in one go. The reader's own row level security applies to both views."""

from sqlalchemy import Select, func, select
from sqlmodel import col

from app.db.schema.core.members import Member
from app.db.schema.core.organizations import Organization
from app.db.schema.project.projects import Project
from app.db.schema.project.publishing import Publication
from app.db.schema.project.scenes import Scene
from supabase_tasks.schema import Grant, View, anon, authenticated, service_role


def _published() -> Select[tuple[object, ...]]:
    return (
        select(
            col(Publication.address),
            col(Publication.published_at),
            col(Publication.options),
            col(Publication.version_id),
            col(Scene.id).label("scene_id"),
            col(Scene.name),
            col(Scene.description),
            col(Scene.labels),
        )
        .join_from(Publication, Scene, col(Scene.id) == col(Publication.scene_id))
        .where(col(Publication.withdrawn_at).is_(None))
    )


published_scenes = View(
    "published_scenes",
    _published,
    grants=[Grant("select", to=[anon, authenticated, service_role])],
    comment="What the world sees: every scene that is live, by its address.",
)


def _overview() -> Select[tuple[object, ...]]:
    members = select(func.count()).where(col(Member.organization_id) == col(Organization.id)).scalar_subquery()
    projects = (
        select(func.count())
        .where(col(Project.organization_id) == col(Organization.id), col(Project.archived_at).is_(None))
        .scalar_subquery()
    )
    scenes = select(func.count()).where(col(Scene.organization_id) == col(Organization.id)).scalar_subquery()
    return select(
        col(Organization.id),
        col(Organization.name),
        col(Organization.slug),
        members.label("members"),
        projects.label("projects"),
        scenes.label("scenes"),
    )


organization_overview = View(
    "organization_overview",
    _overview,
    grants=[Grant("select", to=[authenticated, service_role])],
    comment="An organisation with the numbers of its members, open projects and scenes that the reader may see.",
)
