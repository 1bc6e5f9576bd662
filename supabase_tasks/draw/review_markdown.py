"""A review as Markdown: for the summary of a CI job and a comment in a pull request (GitHub, GitLab)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from supabase_tasks import visible
from supabase_tasks.draw import line_rows
from supabase_tasks.draw.changed import Card, ChangedObject
from supabase_tasks.draw.line_rows import LineRow
from supabase_tasks.draw.markup import line as escaped
from supabase_tasks.draw.review import Origin, Review, ReviewedFile, ReviewedHazard, kind

# GitHub refuses a comment of more than 65,536 characters.
_LIMIT = 60_000
_MARKS = {"new": "+", "gone": "−", "renamed": "→", "changed": "~"}


def markdown(review: Review, limit: int = _LIMIT) -> str:
    """The review, at most `limit` characters: what does not fit is counted. Names and SQL stand in code, where nothing of
    them is markup, a link or a mention."""
    head = "\n\n".join(part for part in _head(review) if part)
    parts = [*map(_card, review.cards), *map(_file, review.files)]
    room = limit - len(head) - 200
    kept: list[str] = []
    for part in parts:
        if len(part) + 2 > room:
            break
        kept.append(part)
        room -= len(part) + 2
    left = len(parts) - len(kept)
    note = f"_{left} more objects and files do not fit here: `inv schema-generate --html review.html` shows all._"
    return "\n\n".join([head, *kept, *([note] if left else [])]) + "\n"


def _head(review: Review) -> Iterator[str]:
    yield f"### Database change: {_code(review.headline)}"
    yield " · ".join(_origin(review.origin))
    yield ", ".join(_code(count) for count in review.counts)
    yield _hazards(review.hazards)
    if review.unmodelled:
        names = "\n".join(f"- {_code(name)}" for name in review.unmodelled)
        yield f"**Left to you**: these differ, are of kinds that the tool does not write, and are not in the SQL.\n\n{names}"
    if review.cards:
        yield f"**Before and after** ({len(review.cards)})"


def _origin(origin: Origin) -> Iterator[str]:
    if origin.project:
        yield _code(origin.project)
    if origin.branch:
        base = f" for {_code(origin.base)}" if origin.base and origin.base != origin.branch else ""
        yield f"branch {_code(origin.branch)}{base}"
    if origin.commit:
        yield f"commit {_code(origin.commit)}"


def _hazards(hazards: Sequence[ReviewedHazard]) -> str:
    if not hazards:
        return "**Hazards**: none were found."
    lines = ["| level | hazard | |", "|---|---|---|"]
    for _, members in groupby(sorted(hazards, key=lambda hazard: hazard.rank), key=lambda hazard: hazard.rank):
        lines += [
            f"| {hazard.mark} {hazard.level} | `{hazard.code}` | {_cell(hazard.message)}{_rows(hazard.rows)} |"
            for hazard in members
        ]
    return f"**Hazards** ({len(hazards)})\n\n" + "\n".join(lines)


def _rows(count: int | None) -> str:
    return "" if count is None else f" ({count:,} row{'' if count == 1 else 's'} in the local database)"


def _card(card: Card) -> str:
    parts = [_whole(card)] if card.whole else [_part(part) for part in card.parts]
    kinds = ", ".join(dict.fromkeys(kind(part.type) for part in card.parts))
    former = f" (was {_tag(card.former)})" if card.former else ""
    title = f"{_MARKS[card.action]} {_tag(card.owner)}{former}: {escaped(kinds)}"
    return _details(title, _fence("\n".join(parts), "diff"))


def _whole(card: Card) -> str:
    sign = "+" if card.action == "new" else "-"
    text = "\n\n".join(part.before or part.after for part in card.parts)
    return "\n".join(f"{sign} {one}".rstrip() for one in text.split("\n"))


def _part(part: ChangedObject) -> str:
    if not part.before or not part.after:
        sign, text = ("+", part.after) if part.after else ("-", part.before)
        return "\n".join(f"{sign} {one}".rstrip() for one in text.split("\n"))
    found = [f"@@ {kind(part.type)} {part.name} @@"]
    for far, run in line_rows.runs(line_rows.rows(part.before, part.after)):
        if not far:
            found += _signed_lines(run)
    return "\n".join(found)


def _signed_lines(run: Sequence[LineRow]) -> Iterator[str]:
    """The lines as a diff has them; those that changed stand below those that they were."""
    for action, members in groupby(run, key=lambda row: row.action):
        rows = list(members)
        if action == "same":
            yield from (f"  {row.right}".rstrip() for row in rows)
        yield from (f"- {row.left}" for row in rows if action in ("both", "del"))
        yield from (f"+ {row.right}" for row in rows if action in ("both", "add"))


def _file(file: ReviewedFile) -> str:
    name = f'<a href="{escaped(file.link)}">{_tag(file.name)}</a>' if file.link else _tag(file.name)
    return _details(f"SQL: {name}", _fence(file.sql.rstrip(), "sql"))


def _details(title: str, body: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def _fence(text: str, language: str) -> str:
    """A block of code that no line of it can end."""
    shown = visible.text(text)
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{language}\n{shown}\n{ticks}"


def _code(name: str) -> str:
    """One line of code; a backtick in it does not end it."""
    shown = visible.line(name)
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    ticks, pad = "`" * (longest + 1), " " if "`" in shown else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def _tag(name: str) -> str:
    return f"<code>{escaped(name)}</code>"


def _cell(text: str) -> str:
    """A message in a cell of a table: the bar would end the cell, and the rest could be markup or a mention."""
    return _code(text).replace("|", "\\|")
