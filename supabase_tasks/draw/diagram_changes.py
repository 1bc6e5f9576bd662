"""Two diagrams as one, with what is new, changed and gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from supabase_tasks.draw.diagram import Column, Detail, Diagram, Entity, Link, arrange

NEW, CHANGED, GONE = "new", "changed", "gone"
MARKS = {NEW: "+", CHANGED: "~", GONE: "−"}
_Drawn = TypeVar("_Drawn", Column, Detail, Entity)


def compare(before: Diagram, after: Diagram, side: str) -> Diagram:
    """The diagram `after` with what it changes of `before`, and with what only `before` has. `side` is what that is called."""
    entities = _merge(before.entities, after.entities, lambda one: one.name, _entity)
    links = _links(before.links, after.links)
    others = _merge(before.others, after.others, _key, _detail)
    return arrange(entities, links, others, side)


def _key(one: Detail) -> tuple[str, str]:
    return (one.kind, one.name)


def _merge(
    before: Iterable[_Drawn],
    after: Iterable[_Drawn],
    key: Callable[[_Drawn], object],
    both: Callable[[_Drawn, _Drawn], _Drawn],
) -> Iterator[_Drawn]:
    """In the order of `after`, what is gone at the end."""
    old = {key(one): one for one in before}
    for one in after:
        former = old.pop(key(one), None)
        yield both(former, one) if former is not None else replace(one, change=NEW)
    yield from (replace(one, change=GONE) for one in old.values())


def _entity(old: Entity, new: Entity) -> Entity:
    columns = tuple(_merge(old.columns, new.columns, lambda one: one.name, _column))
    details = tuple(_merge(old.details, new.details, _key, _detail))
    differs = any(one.change for one in columns) or any(one.change for one in details)
    differs = differs or (old.policies is None) != (new.policies is None)
    differs = differs or old.comment != new.comment
    return replace(new, columns=columns, details=details, change=CHANGED if differs and not new.external else "")


def _column(old: Column, new: Column) -> Column:
    facts = [(one.type, one.primary, one.unique, one.nullable) for one in (old, new)]
    return new if facts[0] == facts[1] else replace(new, change=CHANGED, before=old.shown)


def _detail(old: Detail, new: Detail) -> Detail:
    return new if old.text == new.text else replace(new, change=CHANGED, before=old.text)


def _links(before: Iterable[Link], after: Iterable[Link]) -> Iterator[Link]:
    old = {(one.source, one.columns, one.target): one for one in before}
    for one in after:
        known = old.pop((one.source, one.columns, one.target), None)
        yield one if known else replace(one, change=NEW)
    yield from (replace(one, change=GONE) for one in old.values())
