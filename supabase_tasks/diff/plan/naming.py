"""A readable name for a migration, from what it does: `add_scenes_thumbnail_url`, `create_folders`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.kinds import KINDS, is_routine

_VERBS = {"create": "create", "drop": "drop", "alter": "change", "rename": "rename"}


class CountedChange(NamedTuple):
    """One counted change: `action` is create, drop, alter or rename; `former` the old name of a rename."""

    action: str
    key: Key
    former: str = ""


def slug(changes: Sequence[CountedChange]) -> str:
    """The name: the weightiest change, and `and more` when there are others."""
    if not changes:
        return "no_changes"
    ranked = sorted(changes, key=_rank)
    first = ranked[0]
    peers = [change for change in ranked if (change.action, change.key[0]) == (first.action, first.key[0])]
    others = [change for change in ranked if _slug_rank(change) is not None and not _about(change, peers)]
    if len(peers) > 3:
        return _clean([_VERBS[first.action], str(len(peers)), f"{first.key[0]}s"])
    if len(peers) > 1 and first.key[0] in KINDS and KINDS[first.key[0]].slug_lists:
        return _several(first, peers, bool(others))
    return _clean([*_spelt(_words(first), first.key[0]), *(["and", "more"] if others or len(peers) > 1 else [])])


def _slug_rank(change: CountedChange) -> int | None:
    # A renamed enum value is counted as a change of its own, and is no kind.
    kind = KINDS.get(change.key[0])
    return kind.slug_rank if kind else None


def _rank(change: CountedChange) -> tuple[int, str, Key]:
    rank = _slug_rank(change)
    return (len(KINDS) if rank is None else rank, change.action, change.key)


def _about(change: CountedChange, peers: Iterable[CountedChange]) -> bool:
    """Whether the change belongs to one of `peers`: an index on a new table."""
    return any(change is peer or change.key[1][:2] == peer.key[1][:2] for peer in peers) or any(
        peer.key[0] == "table" and peer.action == "create" and change.action == "create" for peer in peers
    )


def _several(first: CountedChange, peers: list[CountedChange], more: bool) -> str:
    verb = "add" if first.key[0] == "column" and first.action == "create" else _VERBS[first.action]
    tables = {peer.key[1][:2] for peer in peers}
    if first.key[0] == "column" and len(tables) == 1:
        words = [verb, first.key[1][1], *(peer.key[1][2] for peer in peers)]
    else:
        words = [verb, *(part for peer in peers for part in peer.key[1][1:])]
    return _clean([*_spelt(words, first.key[0]), *(["and", "more"] if more else [])])


def _spelt(words: Sequence[str], kind: str) -> list[str]:
    """The words, and for a name in another script what kind of object has it."""
    from supabase_tasks.ledger.files import in_file_letters

    unspelt = next((place for place, word in enumerate(words) if not in_file_letters(word)), None)
    return [
        kind if place == unspelt else word
        for place, word in enumerate(words)
        if in_file_letters(word) or place == unspelt
    ]


def _words(change: CountedChange) -> list[str]:
    kind, identity = change.key
    if change.action != "rename":
        return KINDS[kind].slug_words(change.action, _VERBS[change.action], identity)
    name = list(identity[1:]) if len(identity) > 1 else list(identity)
    if is_routine(kind):
        name = [identity[1]]
    return ["rename", *name[:-1], change.former, "to", name[-1]]


def _clean(words: Iterable[str]) -> str:
    from supabase_tasks.ledger.files import slug as as_file_name

    return as_file_name("_".join(words))
