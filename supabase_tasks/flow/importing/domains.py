"""Which tables go into one module: those of one domain, by the words of their names and by what they refer to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from supabase_tasks import wording
from supabase_tasks.flow.importing import clusters, names

Identity = tuple[str, str]
# Fewer tables than these are read in one module.
_FEW = 12
# A module with more lines is divided: by the next word of its tables' names, then by what refers to what.
_LONG = 400
_OTHERS = "general"
# Modules of the package that hold no table.
_TAKEN = frozenset(("access", "base", "enums", "roles", "types"))


def group(
    tables: Sequence[Identity],
    references: Mapping[Identity, Iterable[Identity]],
    lines: Mapping[Identity, int] | None = None,
) -> dict[str, list[Identity]]:
    """Tables by module name; in each module what others refer to comes first. `lines` is how long each table's source is."""
    found: dict[str, list[Identity]] = {}
    by_schema: dict[str, list[Identity]] = defaultdict(list)
    for table in tables:
        by_schema[table[0]].append(table)
    for schema, members in by_schema.items():
        for word, those in _domains(schema, members, references, lines or {}).items():
            name = names.variable(word if schema in ("public", word) else f"{schema}_{word}")
            name = f"{name}_" if name in _TAKEN else name
            found.setdefault(name, []).extend(those)
    return {name: in_order(members, references) for name, members in sorted(found.items())}


def _domains(
    schema: str,
    tables: Sequence[Identity],
    references: Mapping[Identity, Iterable[Identity]],
    lines: Mapping[Identity, int],
) -> dict[str, list[Identity]]:
    if len(tables) <= _FEW and sum(lines.get(table, 0) for table in tables) <= _LONG:
        return {schema: list(tables)}
    words = {table: _words(table[1]) for table in tables}
    words = _without_prefix(words)
    shared = Counter(first for of in words.values() for first in {of[0]})
    placed = {table: of[0] for table, of in words.items() if shared[of[0]] > 1}
    for _ in range(3):
        placed |= _attach([table for table in tables if table not in placed], placed, references)
    found: dict[str, list[Identity]] = defaultdict(list)
    for table in tables:
        found[placed.get(table, _OTHERS)].append(table)
    return _name_domains(_cut(_divide(found, words, lines), words, references, lines))


def _words(name: str) -> list[str]:
    spelled = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)
    found = [names.singular(word.lower()) for word in re.split(r"[\W_]+", spelled, flags=re.ASCII) if word]
    return found or [name]


def _without_prefix(words: Mapping[Identity, list[str]]) -> dict[Identity, list[str]]:
    """A first word that most tables have (the product's, `tbl`) says nothing, unless one table is called so."""
    first, count = Counter(of[0] for of in words.values()).most_common(1)[0]
    if count * 2 <= len(words) or [first] in words.values():
        return dict(words)
    return {table: of[1:] if of[0] == first and len(of) > 1 else of for table, of in words.items()}


def _attach(
    lone: Sequence[Identity], placed: Mapping[Identity, str], references: Mapping[Identity, Iterable[Identity]]
) -> dict[Identity, str]:
    """Tables whose names say nothing: with those that they refer to, or that refer to them, most. A hub that most domains
    refer to says nothing either."""
    votes: dict[Identity, Counter[str]] = defaultdict(Counter)
    fans: dict[str, set[str]] = defaultdict(set)
    for source, target in ((source, target) for source, targets in references.items() for target in targets):
        if target in placed:
            votes[source][placed[target]] += 1
            fans[placed[target]].add(placed.get(source, ""))
        if source in placed:
            votes[target][placed[source]] += 1
    domains = len(set(placed.values()))
    hubs = {word for word, others in fans.items() if domains > 4 and len(others - {word, ""}) * 2 > domains}
    sizes = Counter(placed.values())
    found = {}
    for table in lone:
        ranked = sorted(votes[table].items(), key=lambda item: (-item[1], sizes[item[0]], item[0]))
        chosen = next((word for word, _ in ranked if word not in hubs), None)
        if chosen is not None:
            found[table] = chosen
    return found


def _divide(
    found: Mapping[str, list[Identity]], words: Mapping[Identity, list[str]], lines: Mapping[Identity, int]
) -> dict[str, list[Identity]]:
    """Long domains by the second word, where several tables share one."""
    parts: dict[str, list[Identity]] = defaultdict(list)
    for word, members in found.items():
        long = sum(lines.get(table, 0) for table in members) > _LONG
        seconds = Counter(" ".join(words[table][:2]) for table in members if len(words[table]) > 1)
        for table in members:
            both = " ".join(words[table][:2])
            own = long and words[table][0] == word and seconds[both] > 1 and len(words[table]) > 1
            parts[both if own else word].append(table)
    return parts


def _cut(
    found: Mapping[str, list[Identity]],
    words: Mapping[Identity, list[str]],
    references: Mapping[Identity, Iterable[Identity]],
    lines: Mapping[Identity, int],
) -> dict[str, list[Identity]]:
    """Domains that are still long in pieces, each named like its only table, or the one that most others of it refer to; where
    none does, the pieces are numbered."""
    parts: dict[str, list[Identity]] = defaultdict(list)
    for word, members in found.items():
        pieces = clusters.cluster(members, words, references, lines, _LONG)
        whole = next((piece for piece in pieces if any(" ".join(words[table]) == word for table in piece)), None)
        loose = [piece for piece in pieces if not _weight(piece, references)]
        kept = whole or next(iter(loose), None if len(pieces) > 1 and word == _OTHERS else pieces[0])
        for number, piece in enumerate(pieces, 1):
            head = max(piece, key=lambda table: (_weight(piece, references)[table], table))
            numbered = piece in loose and len(piece) > 1
            stays = piece is kept and (len(pieces) == 1 or len(piece) > 1 or word != _OTHERS)
            parts[word if stays else f"{word} {number}" if numbered else " ".join(words[head])].extend(piece)
    return parts


def _weight(tables: Sequence[Identity], references: Mapping[Identity, Iterable[Identity]]) -> Counter[Identity]:
    """How many others of them refer to each table."""
    own = set(tables)
    needs = {table: (set(references.get(table, ())) & own) - {table} for table in own}
    return Counter(target for targets in needs.values() for target in targets)


def _name_domains(found: Mapping[str, list[Identity]]) -> dict[str, list[Identity]]:
    """Named like the table that has only these words (`order_items` and `orders`: `orders`), else as the tables spell them."""
    return {_spelling(word, [table[1] for table in members]): members for word, members in found.items()}


def _spelling(word: str, tables: Sequence[str]) -> str:
    starts = [(start, whole) for table in tables for start, whole in _starts(table, word)]
    complete = next((start for start, whole in starts if whole), None)
    common = Counter(start for start, _ in starts).most_common(1)
    return complete or (common[0][0] if common else word.replace(" ", "_"))


def _starts(table: str, word: str) -> Iterator[tuple[str, bool]]:
    """The words that `word` stands for, as the table's name spells them, and whether that is all of the name."""
    spelled = [part.lower() for part in re.split(r"[\W_]+", table, flags=re.ASCII) if part]
    length = len(word.split(" "))
    for first in range(2):
        found = spelled[first : first + length]
        if " ".join(map(names.singular, found)) == word:
            yield "_".join(found), len(spelled) == first + length
            return


def in_order(tables: Iterable[Identity], references: Mapping[Identity, Iterable[Identity]]) -> list[Identity]:
    """Tables after those that they refer to, those that most refer to first; where references run in a circle, the same
    without the reference that closes it."""
    own = set(tables)
    needs = {table: (set(references.get(table, ())) & own) - {table} for table in own}
    weight = _weight(sorted(own), references)
    found: list[Identity] = []
    while own:
        ready = [table for table in own if not needs[table] & own]
        chosen = min(ready or own, key=lambda table: (-weight[table], table))
        found.append(chosen)
        own.remove(chosen)
    return found


def title(module: str, members: Sequence[tuple[str, str]], limit: int) -> str:
    """What a module says of its tables: `Orders: customers, order items, orders.`"""
    words = [re.sub(r"[\W_]+", " ", name, flags=re.ASCII).strip() for _, name in members]
    head = re.sub(r"[\W_]+", " ", module, flags=re.ASCII).strip().capitalize()
    if [word.lower() for word in words] == [head.lower()]:
        return f"{head}."
    text = f"{head}: {', '.join(words)}."
    return text if len(text) + 6 <= limit else f"{head}: {wording.count(len(members), 'table')}."
