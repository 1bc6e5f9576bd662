"""Organisations, their members, invitations, tags, and the audit trail."""

from app.db.schema.core.access import has_role, is_member
from app.db.schema.core.audit import AuditEvent
from app.db.schema.core.members import Invitation, Member, OrganizationRole
from app.db.schema.core.organizations import Organization
from app.db.schema.core.tags import Tag

__all__ = ["AuditEvent", "Invitation", "Member", "Organization", "OrganizationRole", "Tag", "has_role", "is_member"]
