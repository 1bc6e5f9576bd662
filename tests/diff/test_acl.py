from __future__ import annotations

from supabase_tasks.diff.kinds.common.acl import Privilege, changes, parse


def sql(old: tuple[str, ...], new: tuple[str, ...], letter: str = "r") -> list[str]:
    return [change.sql(letter, "TABLE public.t") for change in changes(parse(old), parse(new))]


def test_an_aclitem_is_read_with_its_quoted_role_and_grant_option() -> None:
    assert parse(('"My ""Role"""=ar*/postgres', "=r/postgres")) == {
        Privilege('My "Role"', "INSERT"),
        Privilege('My "Role"', "SELECT", True),
        Privilege("", "SELECT"),
    }


def test_roles_with_the_same_change_share_a_statement() -> None:
    assert sql((), ("anon=r/postgres", "authenticated=r/postgres")) == [
        "GRANT SELECT ON TABLE public.t TO anon, authenticated"
    ]


def test_everything_is_all() -> None:
    assert sql((), ("anon=arwdDxtm/postgres",)) == ["GRANT ALL ON TABLE public.t TO anon"]


def test_who_granted_means_nothing() -> None:
    assert sql(("anon=r/postgres",), ("anon=r/supabase_admin",)) == []


def test_a_lost_grant_option_keeps_the_privilege() -> None:
    assert sql(("anon=r*/postgres",), ("anon=r/postgres",)) == [
        "REVOKE GRANT OPTION FOR SELECT ON TABLE public.t FROM anon"
    ]


def test_a_gained_grant_option_is_granted() -> None:
    assert sql(("anon=r/postgres",), ("anon=r*/postgres",)) == [
        "GRANT SELECT ON TABLE public.t TO anon WITH GRANT OPTION"
    ]


def test_what_goes_is_revoked_before_what_comes_is_granted() -> None:
    assert sql(("anon=rw/postgres",), ("anon=ra/postgres",)) == [
        "REVOKE UPDATE ON TABLE public.t FROM anon",
        "GRANT INSERT ON TABLE public.t TO anon",
    ]
