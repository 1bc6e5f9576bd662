from sqlalchemy import MetaData

from supabase_tasks.models.language.roles import PLATFORM_ROLES, role_names, role_sql
from supabase_tasks.schema import API_ROLES, Role, anon, authenticated, public_role


def test_roles_are_names() -> None:
    reporter = Role("Reporter", metadata=MetaData())
    assert role_names([anon, "authenticated", reporter, anon]) == ("anon", "authenticated", "Reporter")
    assert role_names(authenticated) == ("authenticated",)
    assert set(API_ROLES) < PLATFORM_ROLES


def test_words_for_roles_are_not_quoted() -> None:
    assert [role_sql(name) for name in (public_role, "current_user", "My role")] == [
        "public",
        "current_user",
        '"My role"',
    ]


def test_a_role_is_created_only_when_it_is_missing() -> None:
    (sql,) = Role("it's", metadata=MetaData()).statements()
    assert "rolname = 'it''s'" in sql and 'create role "it\'s" nologin' in sql
