"""The schema language: what PostgreSQL and Supabase have and SQLAlchemy cannot say.

Items for a table's definition (`__table_args__`, or an argument of `Table`) and declarations that stand by themselves
in a module. Works with SQLModel, SQLAlchemy's declarative and Core; needs SQLAlchemy only. Reference with examples:
docs/schema-language.md.
"""

from supabase_tasks.guard import ddl_guard
from supabase_tasks.models.language.functions import Aggregate, Function, Procedure
from supabase_tasks.models.language.grants import DefaultPrivileges, Grant, Revoke
from supabase_tasks.models.language.objects import Extension, Schema, SequenceOptions, Sql
from supabase_tasks.models.language.partitions import Partition
from supabase_tasks.models.language.platform import (
    auth_jwt,
    auth_role,
    auth_uid,
    auth_users,
    once,
    platform_tables,
    storage_buckets,
    storage_objects,
)
from supabase_tasks.models.language.roles import API_ROLES, Role, anon, authenticated, public_role, service_role
from supabase_tasks.models.language.security import Policy, RowLevelSecurity
from supabase_tasks.models.language.tables import (
    ColumnOptions,
    PartComment,
    Publication,
    Referenced,
    RenamedFrom,
    ReplicaIdentity,
    Statistics,
    TableOptions,
    renamed_from,
)
from supabase_tasks.models.language.triggers import (
    EventTrigger,
    Rule,
    Trigger,
    updated_at_function,
    updated_at_trigger,
)
from supabase_tasks.models.language.types import CompositeType, Domain, EnumOptions, NamedType, RangeType, enum_type
from supabase_tasks.models.language.views import MaterializedView, View, ViewIndex

__all__ = [
    "API_ROLES",
    "Aggregate",
    "ColumnOptions",
    "CompositeType",
    "DefaultPrivileges",
    "Domain",
    "EnumOptions",
    "EventTrigger",
    "Extension",
    "Function",
    "Grant",
    "MaterializedView",
    "NamedType",
    "PartComment",
    "Partition",
    "Policy",
    "Procedure",
    "Publication",
    "RangeType",
    "Referenced",
    "RenamedFrom",
    "ReplicaIdentity",
    "Revoke",
    "Role",
    "RowLevelSecurity",
    "Rule",
    "Schema",
    "SequenceOptions",
    "Sql",
    "Statistics",
    "TableOptions",
    "Trigger",
    "View",
    "ViewIndex",
    "anon",
    "auth_jwt",
    "auth_role",
    "auth_uid",
    "auth_users",
    "authenticated",
    "enum_type",
    "once",
    "platform_tables",
    "public_role",
    "renamed_from",
    "service_role",
    "storage_buckets",
    "storage_objects",
    "updated_at_function",
    "updated_at_trigger",
]

# Every model imports this module, so every process that could run `create_all` on a hosted database is watched.
ddl_guard.install()
