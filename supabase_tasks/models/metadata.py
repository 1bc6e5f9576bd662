"""Which MetaData are the project's models: all that their modules hold, or those that the setting `metadata` names."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

from supabase_tasks import did_you_mean
from supabase_tasks.errors import ModelsError
from supabase_tasks.models.collect import is_view, own_tables

if TYPE_CHECKING:
    from sqlalchemy import MetaData

# In front of one that does not count.
_NOT = "!"


def found_metadata(
    modules: Sequence[ModuleType], named: Sequence[str] = (), place: Callable[[], str] = str
) -> list[MetaData]:
    """Every MetaData with tables that the modules hold: by itself, or as that of a Table, a Base or a model class.

    `named` is the setting: `module:name` of those that count (none: all that are found), `!module:name` of those that do
    not; `place` says where it stands. Raises `ModelsError` for a name that leads to no MetaData.
    """
    # A thousand classes have one MetaData: its tables are looked through once.
    found = {key: one for key, one in {id(one): one for _, one in _all(modules)}.items() if _declares(one)}
    if named:
        wanted = {id(one): one for text in named if not text.startswith(_NOT) for one in [_of(text, modules, place)]}
        without = {id(_of(text.removeprefix(_NOT), modules, place)) for text in named if text.startswith(_NOT)}
        found = {key: one for key, one in (wanted or found).items() if key not in without}
    return list(found.values())


def _declares(metadata: MetaData) -> bool:
    """Whether it says something of the project: what it only refers to is the platform's."""
    return bool(own_tables(metadata)) or any(map(is_view, metadata.tables.values()))


def _all(modules: Sequence[ModuleType]) -> Iterator[tuple[str, MetaData]]:
    """Each MetaData with the places that hold it, `module:name`."""
    from sqlalchemy import MetaData

    for module in modules:
        for name, value in list(vars(module).items()):
            candidate = value if isinstance(value, MetaData) else _metadata_of(value)
            if isinstance(candidate, MetaData):
                yield f"{module.__name__}:{name}", candidate


def _of(text: str, modules: Sequence[ModuleType], place: Callable[[], str]) -> MetaData:
    from sqlalchemy import MetaData

    module, _, name = text.partition(":")
    value: Any = sys.modules.get(module)
    for part in name.split("."):
        value = getattr(value, part, None)
    candidate = value if isinstance(value, MetaData) else _metadata_of(value)
    if isinstance(candidate, MetaData):
        return candidate
    known = _places(modules)
    raise ModelsError(
        f"{place()}[tool.supabase-tasks] metadata names {text!r}, and the models have no MetaData there",
        cause="\n".join(filter(None, (did_you_mean.hint(text, known), f"found: {', '.join(known) or 'none'}"))),
        next_step="correct metadata in pyproject.toml: module:name of a MetaData, or of a Base or class that has it",
        code="no-such-metadata",
        data={"found": known},
    )


def _places(modules: Sequence[ModuleType]) -> list[str]:
    """One place of each MetaData that has tables, where it stands first: a Base rather than a class that inherits it."""
    places: dict[int, tuple[str, MetaData]] = {}
    for place, one in _all(modules):
        places.setdefault(id(one), (place, one))
    return [place for place, one in places.values() if _declares(one)]


# Anything may stand in a module.
def _metadata_of(value: Any) -> Any:
    """Its `metadata`; None for an object that has none to give (a LocalProxy of Flask raises outside of a request)."""
    try:
        return getattr(value, "metadata", None)
    except Exception:
        return None
