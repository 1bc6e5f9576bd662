"""The modules of the package as text, and what each of them imports."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from supabase_tasks.flow.importing import names
from supabase_tasks.flow.importing.source import Call, Source, call, entry, keyword, mapping, render, string
from supabase_tasks.flow.importing.sqltypes import DATES, EnumNames, Identity

LANGUAGE = (
    "API_ROLES", "Grant", "Policy", "Revoke", "RowLevelSecurity", "Trigger", "anon", "authenticated", "service_role",
)  # fmt: skip
# Those that few databases have: they are imported where they are used, and their names are free where they are not.
RARE_LANGUAGE = ("ColumnOptions", "Partition", "Publication", "ReplicaIdentity", "Role", "Statistics", "TableOptions")
_SQL_TYPE = '''class SqlType(UserDefinedType[Any]):
    """A column type written as PostgreSQL writes it."""

    cache_ok = True

    def __init__(self, text: str) -> None:
        self.text = text

    def get_col_spec(self, **_: Any) -> str:
        return self.text
'''


class Package:
    """The package's name, the length of its lines, and the names that its modules take from each other."""

    def __init__(self, name: str, limit: int, shared: Mapping[str, Collection[str]]) -> None:
        self.name = name
        self.limit = limit
        self.shared = shared

    def module(
        self, title: str, bodies: Sequence[str], gap: str = "\n\n", named: Collection[tuple[str, str]] = ()
    ) -> str:
        """A module's text: its imports follow from what the bodies use. `named` are the other modules and their classes that
        its annotations name in quotes, which only a type checker looks up."""
        text = gap.join(bodies)
        spaces = "\n\n" if text.startswith("class ") else "\n"
        return f'"""{title}"""\n\n{self._imports(text, named)}{spaces}{text}'

    def _imports(self, text: str, named: Collection[tuple[str, str]]) -> str:
        # A label of an enum is a name of its own.
        code = re.sub(r'^    \w+ = ""$', "", _without_strings(text), flags=re.MULTILINE)
        used = set(re.findall(r"\b\w+\b", code))
        dates = sorted(DATES & used) if "dt." not in code else []
        typing = [*({"Any", "Optional"} & used), *(["TYPE_CHECKING"] if named else [])]
        standard = [
            *(["import datetime as dt\n"] if "dt." in code else []),
            *([self._from("datetime", dates)] if dates else []),
            *([self._from("decimal", ["Decimal"])] if "Decimal" in used else []),
            *([self._from("enum", ["StrEnum"])] if "StrEnum" in used else []),
            *([self._from("typing", typing)] if typing else []),
            *([self._from("uuid", ["UUID"])] if "UUID" in used else []),
        ]
        library = [
            *(["import sqlalchemy as sa\n"] if "sa." in code else []),
            *(["from sqlalchemy.dialects import postgresql as pg\n"] if "pg." in code else []),
            *([self._from("sqlalchemy.types", ["UserDefinedType"])] if "UserDefinedType" in used else []),
            *([self._from("sqlmodel", {"Field", "Relationship", "SQLModel"} & used)] if self._has_tables(used) else []),
        ]
        # A table's class may have a name of theirs where no table needs the word itself.
        words = ({*LANGUAGE, "enum_type"} & used) | set(
            re.findall(rf"(?<!class )\b({'|'.join(RARE_LANGUAGE)})\(", code)
        )
        # The language's module is first-party in its own repository only; elsewhere it sorts with the libraries.
        library += [self._from("supabase_tasks.schema", words)] if words else []
        own = {module: set(names) & used for module, names in self.shared.items()}
        defined = set(re.findall(r"^(?:class )?(\w+)(?= = |\()", text, re.M))
        project = [
            self._from(f"{self.name}.{module}", names - defined) for module, names in own.items() if names - defined
        ]
        blocks = ["".join(block) for block in (standard, library, project) if block]
        return "\n".join([*blocks, *self._for_type_checkers(named)])

    def _has_tables(self, used: Collection[str]) -> bool:
        return "SQLModel" in used or any(name in used for name in self.shared.get("base", ()))

    def _for_type_checkers(self, named: Collection[tuple[str, str]]) -> Iterator[str]:
        if named:
            by_module = sorted({module for module, _ in named})
            lines = [
                self._from(f"{self.name}.{module}", [name for other, name in named if other == module], indent="    ")
                for module in by_module
            ]
            yield f"if TYPE_CHECKING:\n{''.join(lines)}"

    def _from(self, origin: str, names: Iterable[str], *, indent: str = "") -> str:
        used = sorted(names, key=_isort)
        line = f"{indent}from {origin} import {', '.join(used)}\n"
        if len(line) <= self.limit + 1:
            return line
        return f"{indent}from {origin} import (\n" + "".join(f"{indent}    {name},\n" for name in used) + f"{indent})\n"

    def init(self, modules: Sequence[str], platform: Sequence[str], base: str) -> str:
        """The package's `__init__`: it imports every module, so that importing it is importing all tables. `platform` are the
        platform's tables that these refer to, `base` is the class that has the tables' metadata."""
        listed = "".join(f"    {string(module)},\n" for module in modules)
        imported = self._from(self.name, modules)
        known = call("platform_tables", f"{base}.metadata", *map(string, platform))
        library = "from sqlmodel import SQLModel\n" if platform and base == "SQLModel" else ""
        library += "from supabase_tasks.schema import platform_tables\n\n" if platform else ""
        imported += self._from(f"{self.name}.base", [base]) if platform and base != "SQLModel" else ""
        head = f'"""The tables, imported by `inv schema-import`."""\n\n{library}{imported}'
        tail = f"\n{render(known, limit=self.limit)}\n" if platform else ""
        return f"{head}\n__all__ = [\n{listed}]\n{tail}"

    def base(self, templates: Mapping[str, str]) -> str:
        """The module of the class that all tables derive from: its metadata has the names of keys without one."""
        # A convention takes the place of SQLAlchemy's own, which names indexes.
        every = {"ix": "ix_%(column_0_label)s", **templates}
        named = keyword("naming_convention", mapping(*(entry(name, string(text)) for name, text in every.items())))
        head = "    metadata = "
        made = render(Call("sa.MetaData", (named,)), 4, before=len(head) - 4, limit=self.limit)
        return self.module(
            "The base of all tables: how their keys are named.", [f"class Base(SQLModel):\n{head}{made}\n"]
        )

    def enums(self, found: Mapping[Identity, Sequence[str]], known: Mapping[Identity, EnumNames]) -> str:
        """The module of the enums: a Python enum and the column type of each."""
        return self.module("The enums of the database.", list(self._enum_blocks(found, known)))

    def _enum_blocks(
        self, found: Mapping[Identity, Sequence[str]], known: Mapping[Identity, EnumNames]
    ) -> Iterator[str]:
        for identity, labels in found.items():
            names = known[identity]
            body = "".join(f"    {names.members[label]} = {string(label)}\n" for label in labels)
            snake = re.sub(r"(?<!^)(?=[A-Z])", "_", names.class_name).lower()
            name = string(identity[1]) if identity[1] != snake else ""
            schema = string(identity[0]) if identity[0] != "public" else ""
            head = f"{names.type_name} = "
            made = render(
                call("enum_type", names.class_name, name=name, schema=schema), before=len(head), limit=self.limit
            )
            yield f"class {names.class_name}(StrEnum):\n{body}\n\n{head}{made}\n"

    def types(self, named: Mapping[str, str], constants: Mapping[Source, str]) -> str:
        """The module of the types that need more than a name, and of the defaults that several columns have."""
        own = [_SQL_TYPE] if any(text.startswith("SqlType(") for text in named.values()) else []
        types = "".join(f"{name} = {text}\n" for name, text in sorted(named.items(), key=_after_others))
        defaults = "".join(
            f"{name} = {render(mapping(f'{chr(34)}server_default{chr(34)}: {render(value, limit=999)}'), limit=999)}\n"
            for value, name in sorted(constants.items(), key=lambda item: item[1])
        )
        lines = "\n".join(part for part in (types, defaults) if part)
        return self.module("Column types and defaults that the tables share.", [*own, *([lines] if lines else [])])

    def roles(self, found: Sequence[str]) -> str:
        """The module of the project's own roles; what names them does it by their names."""
        lines = [f"{names.variable(role)}_{number} = Role({string(role)})\n" for number, role in enumerate(found, 1)]
        if len({names.variable(role) for role in found}) == len(found):
            lines = [f"{names.variable(role)} = Role({string(role)})\n" for role in found]
        return self.module("The roles of the project: a migration or supabase/roles.sql creates them.", lines, gap="")

    def access(self, access: Mapping[tuple[Source, ...], str]) -> str:
        """The module of the grants that several tables have."""
        blocks = []
        for grants, name in sorted(access.items(), key=lambda item: item[1]):
            lines = "".join(f"    {render(grant, 4, after=1, limit=self.limit)},\n" for grant in grants)
            blocks.append(f"{name} = (\n{lines})\n")
        return self.module("Who may reach a table at all: its rows are for its policies.", blocks, gap="")


def _after_others(item: tuple[str, str]) -> tuple[bool, str]:
    """An array after the type of its elements."""
    return (item[1].startswith("pg.ARRAY("), item[0])


def _isort(name: str) -> tuple[int, str]:
    return (0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2, name)


def _without_strings(text: str) -> str:
    return re.sub(r'""".*?"""|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'', '""', text, flags=re.S)
