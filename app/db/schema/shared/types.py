"""Column types that are used again and again."""

from typing import Any

from sqlalchemy import DateTime, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from supabase_tasks.schema import Domain

Timestamp: Any = DateTime(timezone=True)
Jsonb: Any = JSONB()
text_array: Any = ARRAY(Text)

EMPTY_OBJECT = {"server_default": text("'{}'::jsonb")}
"""`sa_column_kwargs` for a JSONB column that starts as an empty object."""

slug = Domain(
    "slug",
    "text",
    checks={
        "slug_form": "value ~ '^[a-z0-9]+(-[a-z0-9]+)*$'",
        "slug_length": "char_length(value) between 2 and 64",
    },
    comment="The part of a URL that names something: lower-case letters, digits and single hyphens.",
)
