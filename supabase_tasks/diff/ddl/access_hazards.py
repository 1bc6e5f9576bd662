"""What a change of access rights means to those who have them: opened further, or closed to code that still uses it.

The planner asks for these with objects of the catalog, the push with statements of a migration: the words are the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from supabase_tasks.diff.ddl.hazards import Hazard, incompatible
from supabase_tasks.diff.ddl.names import role

# What the Supabase API acts as; an empty name is PUBLIC.
API_ROLES = ("anon", "authenticated", "")
# Source: PostgreSQL 17, parse_bool_with_len(): any unambiguous beginning of these, in any case.
_ON = ("true", "yes", "on", "1")


def says_on(value: str) -> bool:
    """Whether PostgreSQL reads the text of an option as true."""
    text = value.strip().lower()
    return bool(text) and text != "o" and any(word.startswith(text) for word in _ON)


def rows_closed(relation: str) -> Hazard:
    return incompatible(relation, f"rows of {relation} are only seen through its policies from now on")


def rows_opened(relation: str) -> Hazard:
    return _opens_rows(relation, f"every role with a grant sees every row of {relation}")


def owner_bypasses(relation: str) -> Hazard:
    return _opens_rows(relation, f"the owner of {relation} bypasses its policies")


def view_bypasses(view: str) -> Hazard:
    return _opens_rows(view, f"{view} runs with its owner's rights: row level security is bypassed")


def policy_serves(relation: str, policy: str, roles: Iterable[str]) -> Hazard:
    """A policy that lets further roles in."""
    return _opens_rows(relation, f"{relation}: policy {policy} now also serves {_roles(roles)}")


def policy_serves_only(relation: str, policy: str, roles: Iterable[str]) -> Hazard:
    """A policy whose roles are set anew, where what they were is not known."""
    return _opens_rows(relation, f"{relation}: policy {policy} now serves {_roles(roles)}, whoever it served before")


def policy_lets_all_in(relation: str, policy: str, roles: Iterable[str]) -> Hazard:
    """A permissive policy whose expression is true; without `roles`, for those that it serves already."""
    return _opens_rows(relation, f"{relation}: policy {policy} lets {_roles(roles) or 'its roles'} reach every row")


def policy_leaves(relation: str, policy: str, roles: Iterable[str]) -> Hazard:
    """A policy that no longer lets these roles in, on a table that stays closed."""
    return incompatible(relation, f"policy {policy} no longer lets {_roles(roles)} reach rows of {relation}")


def policy_narrows(relation: str, policy: str, roles: Iterable[str]) -> Hazard:
    """A new restrictive policy."""
    return incompatible(relation, f"restrictive policy {policy} narrows what {_roles(roles)} reach in {relation}")


def restriction_goes(relation: str, policy: str) -> Hazard:
    return _opens_rows(relation, f"{relation}: restrictive policy {policy} no longer narrows access")


def grant_widens(name: str, roles: Iterable[str]) -> list[Hazard]:
    """Privileges given on an object that exists: a hazard where the API's roles get them."""
    widened = sorted(set(roles) & set(API_ROLES))
    return [Hazard("grant-widened", f"{_roles(widened)} can do more with {name}", name)] if widened else []


def grant_narrows(name: str, roles: Iterable[str]) -> list[Hazard]:
    """Privileges taken on an object that exists: a hazard where the API's roles had them."""
    narrowed = sorted(set(roles) & set(API_ROLES))
    return [incompatible(name, f"{_roles(narrowed)} can do less with {name}")] if narrowed else []


def membership_widens(group: str, members: Iterable[str]) -> list[Hazard]:
    """A membership that the API's roles get."""
    found = sorted(set(members) & set(API_ROLES))
    return [Hazard("grant-widened", f"{_roles(found)} can do all that {role(group)} can", group)] if found else []


def _opens_rows(relation: str, message: str) -> Hazard:
    return Hazard("rls-widened", message, relation)


def _roles(names: Iterable[str]) -> str:
    return ", ".join(role(name) for name in names)
