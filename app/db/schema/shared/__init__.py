"""What every other module builds on: the base class, column mixins, types, and who may reach a table at all."""

from app.db.schema.shared.access import (
    SERVICE_ACCESS,
    changes,
    members_may,
    private,
    read_only,
    set_updated_at,
    touch_updated_at,
)
from app.db.schema.shared.base import Identified, Model, Timestamped, metadata
from app.db.schema.shared.types import EMPTY_OBJECT, Jsonb, Timestamp, slug, text_array

__all__ = [
    "EMPTY_OBJECT",
    "SERVICE_ACCESS",
    "Identified",
    "Jsonb",
    "Model",
    "Timestamp",
    "Timestamped",
    "changes",
    "members_may",
    "metadata",
    "private",
    "read_only",
    "set_updated_at",
    "slug",
    "text_array",
    "touch_updated_at",
]
