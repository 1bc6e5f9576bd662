"""How two dumps of a schema differ, object by object, as a reviewer would count it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from supabase_tasks.draw.objects import WORD, Object, bare, parse

# The Supabase CLI's own record of what ran: no migration's change.
_LEDGER = "supabase_migrations"
# The order of privileges means nothing.
_UNORDERED = ("ACL", "DEFAULT ACL")
Key = tuple[str, str, str]
Normal = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class ChangedObject:
    """One object on both sides; an empty text means that it is not there. `former` is its earlier name if it has another
    one now."""

    owner: str
    type: str
    name: str
    before: str
    after: str
    former: str = ""

    @property
    def action(self) -> str:
        """`new`, `gone`, `renamed` or `changed`."""
        if self.before and self.after:
            return "renamed" if self.former else "changed"
        return "gone" if self.before else "new"


@dataclass(frozen=True, slots=True)
class Card:
    """All that differs of one object and of what belongs to it. `former` is the object's earlier name."""

    owner: str
    parts: tuple[ChangedObject, ...]
    former: str = ""

    @property
    def schema(self) -> str:
        return self.owner.partition(".")[0] if "." in self.owner else ""

    @property
    def action(self) -> str:
        """What happened to the object itself; `changed` where only what belongs to it differs."""
        if self.former:
            return "renamed"
        own = self.owner.partition(".")[2] or self.owner
        return next((part.action for part in self.parts if part.name == own and part.type != "COMMENT"), "changed")

    @property
    def whole(self) -> bool:
        """Whether the object is new or gone with all that belongs to it."""
        return self.action in ("new", "gone") and all(part.action == self.action for part in self.parts)


def compare(
    before: str, after: str, *, normal: Normal | None = None, renamed: Mapping[str, str] | None = None
) -> list[ChangedObject]:
    """Every object whose text differs between two dumps, sorted by what it belongs to.

    `normal` returns the text of an object of a type as it is compared: what it leaves out means nothing. `renamed` has the
    new name of each object that kept its identity (`public.scenes`: `public.scene`).
    """
    names = _Names(renamed or {})
    old, new = _texts(before, names.under_new_name), _texts(after, lambda one: one)
    told = normal or (lambda _type, text: text)
    found = [
        ChangedObject(*key, old.get(key, ""), new.get(key, ""), names.former(key) if key in old else "")
        for key in sorted({**old, **new}, key=_order)
        if key[0].partition(".")[0] != _LEDGER and not _same(key, old, new, told, names)
    ]
    return [one for _, group in groupby(found, key=lambda one: one.owner) for one in _pair_renames(list(group), names)]


def added_objects(before: str, after: str) -> list[Object]:
    """The objects that only `after` has, in the same order."""
    old, new = _texts(before, lambda one: one), _texts(after, lambda one: one)
    return [
        Object(*key, new[key])
        for key in sorted(new.keys() - old.keys(), key=_order)
        if key[0].partition(".")[0] != _LEDGER
    ]


def cards(changed: Iterable[ChangedObject], renamed: Mapping[str, str] | None = None) -> list[Card]:
    """The changes by the object that they belong to."""
    former = {new: old for old, new in (renamed or {}).items()}
    return [
        Card(owner, tuple(parts), former.get(owner, "")) for owner, parts in groupby(changed, key=lambda one: one.owner)
    ]


class _Names:
    """Names before and after: as keys of objects, and as they are written in SQL."""

    def __init__(self, renamed: Mapping[str, str]) -> None:
        self._renamed = renamed
        self._old, self._new = _pattern(renamed), _pattern(renamed.values())

    def under_new_name(self, one: Object) -> Object:
        """The object under the name that it has afterwards."""
        new = self._renamed.get(one.owner)
        if new is None:
            return one
        own, now = one.owner.partition(".")[2], new.partition(".")[2]
        name = re.sub(rf"^((?:[A-Z ]+ )?){re.escape(own)}(?=$|[ .])", lambda match: match[1] + now, one.name)
        name = re.sub(rf"( ON ){re.escape(own)}$", lambda match: match[1] + now, name)
        return replace(one, owner=new, name=name)

    def former(self, key: Key) -> str:
        """The earlier name of the object that `key` is, where it has another one now."""
        if key[0].partition(".")[2] != key[2] or key[1] in ("COMMENT", "ROW SECURITY"):
            return ""
        return next((before for before, now in self._renamed.items() if now == key[0]), "")

    def before(self, text: str) -> str:
        """A text of the side before, each name that changes written as a mark that both sides share."""
        return self._old.sub(lambda match: f"«{self._now(match)}»", text) if self._old else text

    def after(self, text: str) -> str:
        """A text of the side after, with the same marks."""
        return self._new.sub(lambda match: f"«{bare(match['name'])}»", text) if self._new else text

    def _now(self, match: re.Match[str]) -> str:
        name = bare(match["name"])
        if match["schema"]:
            return self._renamed[f"{bare(match['schema'])}.{name}"].partition(".")[2]
        return next(now for was, now in self._renamed.items() if was.endswith(f".{name}")).partition(".")[2]


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the names as PostgreSQL writes it, quoted or not: with its schema, or before a column. Routines are left out:
    one name may be several."""
    pairs = [name.partition(".") for name in sorted(names, reverse=True) if "." in name and not name.endswith(")")]
    if not pairs:
        return None
    whole = "|".join(rf"(?:{_either(schema)})\.(?:{_either(name)})" for schema, _, name in pairs)
    short = "|".join(_either(name) for _, _, name in pairs)
    return re.compile(
        rf'(?<![\w$."])(?:(?=(?:{whole})(?![\w$"]))(?P<schema>{WORD})\.|(?=(?:{short})\.))(?P<name>{WORD})'
    )


def _either(name: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    return f"{re.escape(name)}|{re.escape(quoted)}"


def _texts(dump: str, moved: Callable[[Object], Object]) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for one in map(moved, parse(dump)):
        found[one.key] = f"{found[one.key]}\n{one.text}" if one.key in found else one.text
    return {key: _sort_lines(text) if key[1] in _UNORDERED else text for key, text in found.items()}


def _sort_lines(text: str) -> str:
    return "\n".join(sorted(line for line in text.splitlines() if line))


def _same(key: Key, old: Mapping[Key, str], new: Mapping[Key, str], normal: Normal, names: _Names) -> bool:
    if key not in old or key not in new or names.former(key):
        return False
    before, after = names.before(old[key]), names.after(new[key])
    return before == after or normal(key[1], before) == normal(key[1], after)


def _pair_renames(parts: Sequence[ChangedObject], names: _Names) -> list[ChangedObject]:
    """What belongs to one object, a part that only has another name as one change instead of two."""
    gone = [part for part in parts if part.action == "gone"]
    found: list[ChangedObject] = []
    pairs: set[ChangedObject] = set()
    for part in parts:
        counterpart = (
            _counterpart(part, [one for one in gone if one not in pairs], names) if part.action == "new" else None
        )
        if counterpart is not None:
            pairs.add(counterpart)
        found.append(replace(part, before=counterpart.before, former=_own(counterpart)) if counterpart else part)
    return [part for part in found if part not in pairs]


def _counterpart(part: ChangedObject, gone: Iterable[ChangedObject], names: _Names) -> ChangedObject | None:
    for one in gone:
        was, now = _own(one), _own(part)
        if (
            one.type == part.type
            and was != now
            and names.before(one.before).replace(was, now) == names.after(part.after)
        ):
            return one
    return None


def _own(part: ChangedObject) -> str:
    """The name of what belongs to a table, without the table's."""
    table = part.owner.partition(".")[2]
    return part.name.removeprefix(f"{table} ")


_FIRST = ("SCHEMA", "EXTENSION", "TYPE", "DOMAIN", "TABLE", "VIEW", "MATERIALIZED VIEW", "FUNCTION", "PROCEDURE")


def _order(key: Key) -> tuple[str, int, str, str]:
    owner, kind, name = key
    return (owner, _FIRST.index(kind) if kind in _FIRST else len(_FIRST), kind, name)
