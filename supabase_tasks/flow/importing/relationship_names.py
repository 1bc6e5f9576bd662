"""What the two ends of a foreign key are called."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from supabase_tasks.flow.importing import names
from supabase_tasks.flow.importing.keys import ForeignKey

Identity = tuple[str, str]
_ENDINGS = ("_id", "_uuid", "_fk")


def choose(keys: Sequence[ForeignKey], taken: Mapping[Identity, Collection[str]]) -> dict[ForeignKey, tuple[str, str]]:
    """The name at the key's own end and at the other one. `taken` are the names of each class's columns.

    A name that two keys ask for is given to neither: both get the longer one. A key without a free name has none.
    """
    used = {table: set(of) for table, of in taken.items()}
    shared = _shared_columns(keys)
    between = Counter(frozenset((key.source, key.target)) for key in keys)
    plain = {key for key in keys if between[frozenset((key.source, key.target))] == 1 or _is_natural(key, shared)}
    forward = _assign({key: _forward(key, shared) for key in keys}, lambda key: key.source, used)
    backward = _assign(
        {key: _backward(key, shared, key in plain) for key in forward},
        lambda key: key.target,
        used,
    )
    return {key: (forward[key], backward[key]) for key in keys if key in backward}


def _assign(
    wishes: Mapping[ForeignKey, Sequence[str]],
    owner: Callable[[ForeignKey], Identity],
    used: Mapping[Identity, set[str]],
) -> dict[ForeignKey, str]:
    found: dict[ForeignKey, str] = {}
    for level in range(max(map(len, wishes.values()), default=0)):
        asked: dict[tuple[Identity, str], list[ForeignKey]] = defaultdict(list)
        for key, candidates in wishes.items():
            if key not in found and level < len(candidates):
                asked[owner(key), candidates[level]].append(key)
        for (table, name), those in asked.items():
            if len(those) == 1 and name not in used[table]:
                found[those[0]] = name
        for (table, name), _ in asked.items():
            used[table].add(name)
    return found


def _shared_columns(keys: Sequence[ForeignKey]) -> set[tuple[Identity, str]]:
    counts = Counter((key.source, column) for key in keys for column in key.columns)
    return {place for place, count in counts.items() if count > 1}


def _role(key: ForeignKey, shared: Collection[tuple[Identity, str]]) -> str:
    """The column that tells what the other row is to this one, without its ending: of several the one that no other key
    has. Empty where none does."""
    telling = [column for column in key.columns if len(key.columns) == 1 or (key.source, column) not in shared]
    if len(telling) != 1:
        return ""
    name = _snake(telling[0])
    ending = next((ending for ending in _ENDINGS if name.endswith(ending)), "")
    return "" if name in ("id", "uuid") else name.removesuffix(ending)


def _is_natural(key: ForeignKey, shared: Collection[tuple[Identity, str]]) -> bool:
    """Whether it is called like what it refers to: of an order's keys to customers the one that is `customer_id`."""
    return key.source != key.target and _role(key, shared) in ("", _singular(key.target[1]))


def _forward(key: ForeignKey, shared: Collection[tuple[Identity, str]]) -> list[str]:
    role, target = _role(key, shared), _singular(key.target[1])
    longer = f"{role}_{target}" if role and not role.endswith(target) else f"related_{target}"
    return [names.attribute(name) for name in ([role, longer] if role else [target, longer])]


def _backward(key: ForeignKey, shared: Collection[tuple[Identity, str]], plain: bool) -> list[str]:
    target, role = _singular(key.target[1]), _role(key, shared)
    full = _singular(key.source[1]) if key.alone else _plural(_snake(key.source[1]))
    short = full.removeprefix(f"{target}_")
    if key.source == key.target and role == "parent":
        return ["child" if key.alone else "children"]
    roled = f"{full}_{role}" if role.endswith("_by") else f"{full}_as_{role}"
    return [
        names.attribute(name) for name in dict.fromkeys([*([short, full] if plain else []), *([roled] if role else [])])
    ]


def _snake(name: str) -> str:
    spelled = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)
    return "_".join(word.lower() for word in re.split(r"[\W_]+", spelled, flags=re.ASCII) if word) or "row"


def _singular(table: str) -> str:
    head, joint, last = _snake(table).rpartition("_")
    return f"{head}{joint}{names.singular(last)}"


def _plural(name: str) -> str:
    """The plural of a table's name; one that is a plural stays."""
    if _singular(name) != name:
        return name
    head, joint, last = name.rpartition("_")
    return f"{head}{joint}{names.plural(last)}"
