"""Who may see and change a project and its scenes.

A right comes from the role in the organisation, from the membership in the project, or from a permission on a
single scene. Policies only ever ask these four questions.
"""

from app.db.schema.core.access import POLICY_FUNCTION
from app.db.schema.shared import private
from supabase_tasks.schema import Function


def _question(name: str, argument: str, body: str, comment: str) -> Function:
    return Function(
        name,
        body,
        args=f"{argument} uuid",
        returns="boolean",
        volatility="stable",
        security="definer",
        schema=private.name,
        grants=POLICY_FUNCTION,
        comment=comment,
    )


can_view_project = _question(
    "can_view_project",
    "project",
    """
  select exists (
    select from public.projects p
    where p.id = project
      and (
        private.is_member(p.organization_id) and p.visibility <> 'restricted'
        or private.has_role(p.organization_id, 'admin')
        or exists (
          select from public.project_members m
          where m.project_id = p.id and m.user_id = (select auth.uid())
        )
      )
  )
""",
    "Whether the signed-in user may see the project.",
)

can_edit_project = _question(
    "can_edit_project",
    "project",
    """
  select exists (
    select from public.projects p
    where p.id = project
      and (
        private.has_role(p.organization_id, 'editor') and p.visibility <> 'restricted'
        or private.has_role(p.organization_id, 'admin')
        or exists (
          select from public.project_members m
          where m.project_id = p.id and m.user_id = (select auth.uid()) and m.access >= 'edit'
        )
      )
  )
""",
    "Whether the signed-in user may change the project and what is in it.",
)

can_view_scene = _question(
    "can_view_scene",
    "scene",
    """
  select exists (
    select from public.scenes s
    where s.id = scene
      and (
        private.can_view_project(s.project_id)
        or exists (
          select from public.scene_permissions p
          where p.scene_id = s.id
            and p.user_id = (select auth.uid())
            and (p.expires_at is null or p.expires_at > now())
        )
      )
  )
""",
    "Whether the signed-in user may see the scene.",
)

can_edit_scene = _question(
    "can_edit_scene",
    "scene",
    """
  select exists (
    select from public.scenes s
    where s.id = scene
      and (
        private.can_edit_project(s.project_id)
        or exists (
          select from public.scene_permissions p
          where p.scene_id = s.id
            and p.user_id = (select auth.uid())
            and p.access >= 'edit'
            and (p.expires_at is null or p.expires_at > now())
        )
      )
  )
""",
    "Whether the signed-in user may change the scene.",
)
