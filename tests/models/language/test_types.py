from enum import Enum

from sqlalchemy import Integer, MetaData, Text

from supabase_tasks.schema import CompositeType, Domain, EnumOptions, NamedType, RangeType, enum_type

nowhere = MetaData()


class SceneStatus(Enum):
    DRAFT = "draft"
    IN_REVIEW = "in review"


def test_an_enum_has_its_values_as_labels_and_a_name_of_its_own() -> None:
    type_ = enum_type(SceneStatus)
    assert (type_.name, type_.enums) == ("scene_status", ["draft", "in review"])
    assert enum_type(SceneStatus, name="status", schema="app").schema == "app"


def test_options_find_their_enum() -> None:
    options = EnumOptions(enum_type(SceneStatus, schema="app"), metadata=nowhere)
    assert (options.identity, options.statements()) == (("app", "scene_status"), [])
    assert EnumOptions("mood", metadata=nowhere).identity == ("public", "mood")


def test_every_option_of_a_domain() -> None:
    domain = Domain(
        "d",
        Text,
        check="value <> ''",
        checks={"short": "length(value) < 9"},
        not_null=True,
        default="'x'",
        collation='"C"',
        metadata=nowhere,
    )
    assert domain.statements() == [
        "create domain public.d as TEXT collate \"C\" default 'x' not null"
        " check (value <> '') constraint short check (length(value) < 9)"
    ]
    assert domain.type.get_col_spec() == "public.d"


def test_composite_and_range_types_take_sqlalchemy_types() -> None:
    composite = CompositeType("c", {"a": Integer, "My b": "text"}, "app", metadata=nowhere)
    assert composite.statements() == ['create type app.c as (\n  a INTEGER,\n  "My b" text\n)']
    assert RangeType("r", Integer, metadata=nowhere).statements() == [
        "create type public.r as range (subtype = INTEGER)"
    ]
    assert (composite.type.get_col_spec(), NamedType("app", "My t").get_col_spec()) == ("app.c", 'app."My t"')
