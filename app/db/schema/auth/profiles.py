"""What a person shows of themselves, and how they like the application."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from app.db.schema.shared import EMPTY_OBJECT, Jsonb, Timestamped, members_may, private, touch_updated_at
from supabase_tasks.schema import Function, Policy, Trigger, auth_uid, auth_users, authenticated, once


class Profile(Timestamped, table=True):
    """The public face of a user; made by a trigger when they sign up."""

    __tablename__ = "profiles"
    __table_args__ = (
        CheckConstraint("char_length(display_name) between 1 and 80", name="display_name_length"),
        CheckConstraint("avatar_url ~ '^https://'", name="avatar_url_form"),
        Index("uq_profiles_handle", text("lower(handle)"), unique=True),
        *members_may("select", "update"),
        Policy("Signed-in people see profiles", "select", authenticated, using=True),
        Policy(
            "Everyone changes their own profile",
            "update",
            authenticated,
            using=lambda t: t.c.id == once(auth_uid()),
            check=lambda t: t.c.id == once(auth_uid()),
        ),
        touch_updated_at(),
    )

    id: UUID = Field(primary_key=True, foreign_key="auth.users.id", ondelete="CASCADE")
    display_name: str = Field(max_length=80)
    handle: str | None = Field(default=None, max_length=40)
    avatar_url: str | None = None
    locale: str = Field(default="en", max_length=12, sa_column_kwargs={"server_default": text("'en'")})


class Preferences(Timestamped, table=True):
    """A user's settings of the application: one row each, which no other user sees."""

    __tablename__ = "user_preferences"
    __table_args__ = (
        CheckConstraint("theme in ('system', 'light', 'dark')", name="theme"),
        *members_may("select", "insert", "update"),
        Policy(
            "Everyone keeps their own preferences",
            "all",
            authenticated,
            using=lambda t: t.c.user_id == once(auth_uid()),
            check=lambda t: t.c.user_id == once(auth_uid()),
        ),
        touch_updated_at(),
    )

    user_id: UUID = Field(primary_key=True, foreign_key="profiles.id", ondelete="CASCADE")
    theme: str = Field(default="system", max_length=10, sa_column_kwargs={"server_default": text("'system'")})
    email_digest: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    editor: dict[str, Any] = Field(default_factory=dict, sa_type=Jsonb, sa_column_kwargs=EMPTY_OBJECT)


create_profile = Function(
    "create_profile",
    """
begin
  insert into public.profiles (id, display_name)
  values (
    new.id,
    left(coalesce(nullif(new.raw_user_meta_data ->> 'name', ''), split_part(new.email, '@', 1), 'Anonymous'), 80)
  )
  on conflict (id) do nothing;
  return new;
end
""",
    returns="trigger",
    language="plpgsql",
    security="definer",
    schema=private.name,
    comment="Gives every new user a profile.",
)

Trigger("create_profile", create_profile, "after", "insert", on=auth_users)
