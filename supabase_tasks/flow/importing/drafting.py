"""The package that an import writes: every table, and what several of them share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supabase_tasks import api_schemas
from supabase_tasks.flow.importing import (
    columns,
    domains,
    names,
    parts,
    plain,
    readable,
    relationships,
    table_options,
    tables,
)
from supabase_tasks.flow.importing.conventions import OFTEN, find_convention
from supabase_tasks.flow.importing.gathered import Context, TableSource
from supabase_tasks.flow.importing.modules import LANGUAGE, Package
from supabase_tasks.flow.importing.relationships import Relationship
from supabase_tasks.flow.importing.source import Call, Source
from supabase_tasks.flow.importing.sqltypes import EnumNames, Identity, Names, identity_of
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.plan.result import Plan

_KNOWN_DEFAULTS = {
    "now()": "DEFAULT_NOW", "CURRENT_TIMESTAMP": "DEFAULT_CURRENT_TIMESTAMP", "gen_random_uuid()": "DEFAULT_RANDOM_UUID",
    "uuid_generate_v4()": "DEFAULT_UUID_V4", "extensions.uuid_generate_v4()": "DEFAULT_UUID_V4",
    "auth.uid()": "DEFAULT_CURRENT_USER", "false": "DEFAULT_FALSE", "true": "DEFAULT_TRUE", "0": "DEFAULT_ZERO",
    "1": "DEFAULT_ONE", "'{}'": "DEFAULT_EMPTY", "'[]'": "DEFAULT_EMPTY_LIST",
}  # fmt: skip
_ROLES = ("anon", "authenticated", "service_role")


@dataclass(frozen=True)
class Draft:
    """What is to be imported: the source's snapshot, its tables, and the plan that makes it from an empty platform."""

    settings: Settings
    snapshot: Snapshot
    plan: Plan
    found: Sequence[TableSource]
    package: str
    sql: str
    limit: int
    relationships: bool = True

    def files(self, exact: frozenset[plain.Key] | None = frozenset()) -> dict[str, str]:
        """Every file by its path. The expressions of the objects `exact` are as PostgreSQL prints them; None: all are."""
        for one in self.found:
            one.said.clear()
        said: set[plain.Key] = set()
        self._take_grants(said)
        known = _enum_names(self.snapshot, self.found)
        said |= {("enum", identity) for identity in known}
        python = self._python(known, exact)
        for one in self.found:
            said |= one.said
        folder = self.package.replace(".", "/")
        files = {f"{folder}/{name}.py": text for name, text in python.items()}
        sql = plain.files(self.plan, said)
        if self.without_effect and "policies" in sql:
            sql["policies"] += "".join(_switched_off(table) for table in self.without_effect)
        return files | {f"{self.sql}/{name}.sql": text for name, text in sql.items()}

    @property
    def without_effect(self) -> list[tuple[str, str]]:
        """The tables that have policies and no row level security: the models would refuse such a table."""
        return [one.identity for one in self.found if one.policies and not (one.security and one.security.enabled)]

    @property
    def said(self) -> frozenset[plain.Key]:
        """The objects that the tables as last written say."""
        return frozenset(key for one in self.found for key in one.said)

    def _take_grants(self, said: set[plain.Key]) -> None:
        """Gives each table the grants on it, where all of them can be said in its definition."""
        statements: dict[tuple[str, ...], list[str]] = {}
        for (kind, identity), texts in plain.operations(self.plan):
            if kind == "grant":
                statements.setdefault(identity, []).extend(texts)
        for one in self.found:
            own = statements.get(("table", *one.identity), [])
            written = parts.grants(own)
            if own and written is not None:
                one.grants = written
                said.add(("grant", ("table", *one.identity)))

    def _python(self, known: Mapping[Identity, EnumNames], exact: frozenset[plain.Key] | None) -> dict[str, str]:
        context = self._context(known, exact)
        classes = _class_names(self.found, context)
        base = {"base": [context.convention.base]} if context.convention.templates else {}
        package = Package(
            self.package, self.limit,
            {
                **base,
                "access": context.access.values(),
                "enums": [name for one in known.values() for name in (one.class_name, one.type_name)],
                "types": [*context.names.named, *context.constants.values()],
            },
        )  # fmt: skip
        bodies = {one.identity: tables.write(one, classes[one.identity], context) for one in self.found}
        related = relationships.relate(self.found, classes, context) if self.relationships else {}
        lines = {table: body.count("\n") + 2 * len(related.get(table, ())) for table, body in bodies.items()}
        grouped = domains.group(list(bodies), _references(self.found), lines)
        homes = {table: module for module, members in grouped.items() for table in members}
        files: dict[str, str] = {}
        for module, members in grouped.items():
            title = domains.title(module, members, self.limit)
            own = {table: related.get(table, []) for table in members}
            away = {one.other for those in own.values() for one in those if homes[one.other] != module}
            texts = [
                bodies[table] + _ends(own[table], classes, members[:number], self.limit)
                for number, table in enumerate(members)
            ]
            files[module] = package.module(title, texts, named=[(homes[table], classes[table]) for table in away])
        listed = sorted(files)
        if roles := _roles(self.snapshot):
            files["roles"] = package.roles(roles)
            listed = sorted(files)
        if known:
            labels = {item.identity: item.values for item in self.snapshot.of("enum") if item.identity in known}
            files["enums"] = package.enums(labels, known)
        if context.names.named or context.constants:
            files["types"] = package.types(context.names.named, context.constants)
        if context.access:
            files["access"] = package.access(context.access)
        if context.convention.templates:
            files["base"] = package.base(context.convention.templates)
        files["__init__"] = package.init(listed, _platform_tables(self.found), context.convention.base)
        return files

    def _context(self, known: Mapping[Identity, EnumNames], exact: frozenset[plain.Key] | None) -> Context:
        from supabase_tasks.models.language.platform import PLATFORM_TABLES

        every = [column for one in self.found for column in one.columns]
        bases = {item.identity: item.type for item in self.snapshot.of("domain")}
        named = Names(known, bases, {names.attribute(column.name) for column in every})
        for column in every:
            named.column_type(column.type)
        platform = [(str(table.schema), table.name) for table in PLATFORM_TABLES.values()]
        return Context(
            named,
            api_schemas.names(self.settings),
            frozenset({*(one.identity for one in self.found), *platform}),
            exact,
            _constants(self.found),
            _access(self.found),
            self.limit,
            _unsaid_keys(self.found),
            find_convention([constraint for one in self.found for constraint in one.constraints]),
        )


def _switched_off(table: tuple[str, str]) -> str:
    from supabase_tasks.diff.ddl.names import qualified

    said = "-- Its policies have no effect until this is turned on."
    return f"\n{said}\nALTER TABLE {qualified(*table)} DISABLE ROW LEVEL SECURITY;\n"


def _ends(
    found: Sequence[Relationship], classes: Mapping[tuple[str, str], str], above: Sequence[tuple[str, str]], limit: int
) -> str:
    """The relationships of a class, behind its columns."""
    lines = [one.line(classes, above, limit) for one in found]
    return "".join(["\n", *lines]) if lines else ""


def _roles(snapshot: Snapshot) -> list[str]:
    """The project's own roles that a policy or a grant names."""
    from supabase_tasks.models.language.roles import PLATFORM_ROLES, role_names

    named = {role for policy in snapshot.of("policy") for role in policy.roles}
    named |= {one.grantee for grant in snapshot.of("grant") for one in grant.privileges}
    # PostgreSQL's own roles begin with `pg_`, and no other may.
    return sorted(role for role in named - set(role_names(PLATFORM_ROLES)) - {""} if not role.startswith("pg_"))


def _enum_names(snapshot: Snapshot, found: Sequence[TableSource]) -> dict[Identity, EnumNames]:
    """What each enum is called that a column has; the others stay plain SQL."""
    used = {identity_of(column.type.removesuffix("[]")) for one in found for column in one.columns}
    known: dict[Identity, EnumNames] = {}
    taken = {*LANGUAGE, *(name for one in found for name in table_options.used_names(one))}
    taken |= {"Role"} if _roles(snapshot) else set()
    for item in snapshot.of("enum"):
        if item.identity in used and item.values:
            name = names.class_name(item.name, taken)
            members: dict[str, str] = {}
            for label in item.values:
                members[label] = names.member(label, members.values())
            known[item.identity] = EnumNames(name, members)
            taken |= {name, f"{name}Type"}
    return known


def _class_names(found: Sequence[TableSource], context: Context) -> dict[tuple[str, str], str]:
    enums = context.names.enums.values()
    taken = {
        *LANGUAGE,
        *(name for one in found for name in table_options.used_names(one)),
        *context.names.named,
        *(one.class_name for one in enums),
        *(one.type_name for one in enums),
        "SqlType",
        context.convention.base,
    }
    classes: dict[tuple[str, str], str] = {}
    for one in sorted(found, key=lambda table: (table.table.schema != "public", table.identity)):
        classes[one.identity] = names.class_name(one.table.name, taken)
        taken.add(classes[one.identity])
    return classes


def _unsaid_keys(found: Sequence[TableSource]) -> frozenset[tuple[str, str, frozenset[str]]]:
    pairs = ((one, parts.unsaid_key(constraint)) for one in found for constraint in one.constraints)
    return frozenset((*one.identity, columns) for one, columns in pairs if columns is not None)


def _references(found: Sequence[TableSource]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    references: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for one in found:
        for constraint in one.constraints:
            key = parts.foreign_key(constraint, lambda *_: True) if constraint.type == "f" else None
            if key is not None:
                schema, _, table = key.targets[0].rpartition(".")[0].rpartition(".")
                references.setdefault(one.identity, []).append((schema or "public", table))
    return references


def _platform_tables(found: Sequence[TableSource]) -> list[str]:
    """The platform's tables that keys refer to: without them SQLAlchemy cannot make a row of such a table."""
    from supabase_tasks.models.language.platform import PLATFORM_TABLES

    targets = {f"{schema}.{name}" for those in _references(found).values() for schema, name in those}
    return sorted(targets & set(PLATFORM_TABLES))


def _constants(found: Sequence[TableSource]) -> dict[Source, str]:
    """The name of each server default that many columns have, for those that have a name to go by."""
    texts = [
        (readable.default(column.default, column.type), column.type)
        for one in found
        for column in one.columns
        if column.default is not None
    ]
    counts = Counter(columns.server_default(text, type_) for text, type_ in texts)
    known = {
        columns.server_default(text, type_): _KNOWN_DEFAULTS[text] for text, type_ in texts if text in _KNOWN_DEFAULTS
    }
    return {value: name for value, name in known.items() if counts[value] >= OFTEN and isinstance(value, Call)}


def _access(found: Sequence[TableSource]) -> dict[tuple[Source, ...], str]:
    """The name of each set of grants that many tables have, by what the roles of the API may do."""
    counts = Counter(tuple(one.grants) for one in found if len(one.grants) > 1)
    known: dict[tuple[Source, ...], str] = {}
    for grants, count in counts.most_common():
        if count < OFTEN:
            break
        name = _access_name(grants)
        known[grants] = next(n for n in (name, *(f"{name}_{k}" for k in range(2, 999))) if n not in known.values())
    return known


def _access_name(grants: Sequence[Source]) -> str:
    """`AUTHENTICATED_SELECT_SERVICE_ALL`; `NO_ACCESS` where all is revoked."""
    words = []
    given = [grant for grant in grants if isinstance(grant, Call) and grant.name == "Grant"]
    for role in _ROLES:
        what = [
            str(grant.arguments[0]).strip('"')
            for grant in given
            if re.search(rf"\b{role}\b|API_ROLES", str(grant.arguments))
        ]
        privileges = re.findall(r"[a-z]+", " ".join(what))
        if privileges:
            words += [
                role.removesuffix("_role"),
                *(["all"] if len(privileges) > 3 or "all" in privileges else privileges),
            ]
    return "_".join(words).upper() or "NO_ACCESS"
