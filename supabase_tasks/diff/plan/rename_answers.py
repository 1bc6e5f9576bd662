"""What the user said about renames: on the command line, and in the models (`renamed_from`)."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from supabase_tasks import command_line
from supabase_tasks.did_you_mean import nearest
from supabase_tasks.diff.catalog.item import Identity, Key
from supabase_tasks.diff.kinds import is_routine
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.answer_index import AnswerIndex
from supabase_tasks.diff.plan.spoken_names import forms, said_forms, spoken_name
from supabase_tasks.errors import DiffError

if TYPE_CHECKING:
    from supabase_tasks.models.summary import ModelSummary

Pair = tuple[Key, Key]
# A wrong answer renames what was not meant: only what differs in a letter or two is offered.
_ALIKE = 0.8


class RenameAnswers:
    """The answers of one run; remembers which of them were used.

    An answer is matched with the names there are, not taken apart: a name may hold dots, colons and quotes.
    """

    def __init__(self, options: PlanOptions, models: ModelSummary | None) -> None:
        for text in options.renames:
            _demand_readable(text)
        self._given = options.renames
        self._new = frozenset(text for text in options.renames if _says_new(text))
        self._used: set[str] = set()
        # What a short name may mean that several objects have.
        self._several: dict[str, list[Pair]] = {}
        # The names of what goes and of what comes, as an answer may say them.
        self._going: set[str] = set()
        self._coming: set[str] = set()
        # Former name by present name, of what lives in a schema and was renamed in this run.
        self._former: dict[Identity, Identity] = {}
        hints = models.renames if models is not None else ()
        self._hints = [(hint.kind, tuple(hint.old_identity), tuple(hint.identity)) for hint in hints]

    def pairs(self, before: Collection[Key], after: Collection[Key]) -> list[Pair]:
        """The answered renames between the objects of one kind `before` and `after`.

        The old name may be another object's afterwards and the new one another object's before: a chain (a to b, b to c),
        and from the command line a swap. A hint whose old object is not there any more was applied by an earlier
        migration and says nothing.
        """
        said: dict[Pair, str] = {}
        if self._given:
            self._going |= {text for key in before if key not in after for text in said_forms(key)}
            self._coming |= {text for key in after if key not in before for text in said_forms(key)}
        index = AnswerIndex(before, after, self._names) if self._given else None
        meant = [(self._meant(index, text), text) for text in self._given] if index else []
        meant += [(_hinted_pair((kind, old), (kind, new), before, after), "") for kind, old, new in self._hints]
        chosen: dict[Key, Key] = {}
        taken: set[Key] = set()
        for pair, text in meant:
            if pair is None or pair[0] in chosen or pair[1] in taken:
                continue
            chosen[pair[0]] = pair[1]
            taken.add(pair[1])
            if text:
                said[pair] = text
        found = list(_without_idle(list(chosen.items()), before, after, said))
        self._used |= {said[pair] for pair in found if pair in said}
        self._former |= {new[1]: old[1] for old, new in found}
        return found

    def _meant(self, index: AnswerIndex, text: str) -> Pair | None:
        """The pair of an answer; a short old name says one only where nothing else is called so."""
        found = index.pair(text)
        if found is not None or text in self._used:
            return found
        short = index.short_pairs(text)
        if len(short) > 1:
            self._several.setdefault(text, short)
        return short[0] if len(short) == 1 else None

    @property
    def given(self) -> bool:
        """Whether the user gave any."""
        return bool(self._given)

    def is_new(self, key: Key) -> bool:
        """Whether the user said that the object, or what it lives in, is new."""
        if not self._new:
            return False
        for end in range(1, len(key[1]) + 1):
            for form in forms(key, key[1][:end]):
                for text in (f":{form}", f"{key[0]}::{form}"):
                    if text in self._new:
                        self._used.add(text)
                        return True
        return False

    def demand_clear(self) -> None:
        """Raises `DiffError` for a short answer that several renames fit."""
        for text, pairs in self._several.items():
            if text not in self._used:
                raise _ambiguous(text, pairs)

    def demand_used(self) -> None:
        """Raises `DiffError` for an answer that answers nothing: most likely it is misspelt."""
        unused = [text for text in self._given if text not in self._used and not _says_new(text)]
        if unused:
            meant, rest = (
                self._with_near_names(unused[0]),
                command_line.without("--rename", unused[0], "inv schema-generate"),
            )
            raise DiffError(
                f"--rename {unused[0]} does not match any rename" + (f"; did you mean {meant!r}?" if meant else ""),
                cause="the old name must exist only in the migrations and the new name only in the models",
                next_step=f"{rest} --rename {shlex.quote(meant)}"
                if meant
                else "write both as schema.name or schema.table.name (public.scenes.title:public.scenes.name), or leave"
                f" --rename out to be asked, then: {rest}",
                code="rename-unmatched",
                data={"renames": unused},
            )

    def _with_near_names(self, text: str) -> str | None:
        """The answer with the names of what goes and of what comes that its two sides are most like."""
        for place in (number for number, character in enumerate(text) if character == ":"):
            sides = ((text[:place], self._going), (text[place + 1 :], self._coming))
            names = [side if side in known else nearest(side, known, alike=_ALIKE) for side, known in sides]
            if names[0] and names[1] and f"{names[0]}:{names[1]}" != text:
                return f"{names[0]}:{names[1]}"
        return None

    def _names(self, identity: Identity) -> list[Identity]:
        """The identity, and those that it had before its table or schema was renamed in this run."""
        former = self._former
        found = [identity]
        if len(identity) > 2 and identity[:2] in former:
            found.append((*former[identity[:2]], *identity[2:]))
        found += [(*former[name[:1]], *name[1:]) for name in found if len(name) > 1 and name[:1] in former]
        return found


def _hinted_pair(old: Key, new: Key, before: Collection[Key], after: Collection[Key]) -> Pair | None:
    """The pair of a hint; the arguments of a routine may be spelt otherwise than PostgreSQL does."""
    if old in before and new in after:
        return old, new
    if not is_routine(old[0]):
        return None
    olds = [key for key in before if (key[0], key[1][:2]) == (old[0], old[1][:2])]
    news = [key for key in after if (key[0], key[1][:2]) == (new[0], new[1][:2])]
    return (olds[0], news[0]) if len(olds) == len(news) == 1 else None


def _without_idle(
    pairs: list[Pair], before: Collection[Key], after: Collection[Key], said: Collection[Pair]
) -> Iterator[Pair]:
    """The pairs that say something: an old name that goes, a new one that comes, one in a chain of such, or in a circle of
    names that all stay. A circle that the models' hints alone make was made by an earlier migration."""
    following = dict(pairs)
    for old, new in pairs:
        chain, end = {(old, new)}, new
        while end in following and end != old:
            chain.add((end, following[end]))
            end = following[end]
        circle = end == old and any(pair in said for pair in chain)
        if old not in after or new not in before or circle or (end != old and end not in before):
            yield old, new


def _demand_readable(text: str) -> None:
    if ":" not in text or (text.endswith(":") and not text.endswith('":')):
        raise DiffError(
            f"--rename {text} cannot be read",
            next_step="write it as old:new (public.scenes.title:public.scenes.name), or leave --rename out to be asked, then: "
            + command_line.without("--rename", text, "inv schema-generate"),
            code="rename-unreadable",
        )


def _ambiguous(text: str, pairs: list[Pair]) -> DiffError:
    full = [f"{spoken_name(old)}:{spoken_name(new)}" for old, new in pairs]
    rest = command_line.without("--rename", text, "inv schema-generate")
    return DiffError(
        f"--rename {text} may mean several renames: {', '.join(full)}",
        next_step=f"{rest} --rename {shlex.quote(full[0])}",
        code="rename-ambiguous",
        data={"renames": full},
    )


def _says_new(text: str) -> bool:
    return text.startswith(":") or "::" in text
