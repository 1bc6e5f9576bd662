"""A review as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from supabase_tasks.draw import html, sidebyside
from supabase_tasks.draw.changed import Card, ChangedObject
from supabase_tasks.draw.highlight import lines, sql
from supabase_tasks.draw.markup import line
from supabase_tasks.draw.review import Origin, Review, ReviewedFile, ReviewedHazard, kind

_MARKS = {"new": "+", "gone": "−", "renamed": "→", "changed": "~"}
# More cards than these start closed: a page of hundreds is read by its table of contents.
_OPEN_AT_MOST = 40
# More hazards than these of a level that is neither a loss nor an opening start closed.
_HAZARDS_OPEN_AT_MOST = 20
_ALWAYS_OPEN = 2
# The rank of what only informs.
_INFORMATION = 4
_WITHOUT_SCHEMA = "database"


def page(review: Review) -> str:
    """The page. Nothing on it is loaded from elsewhere; it reads in light and dark, on paper and on a phone."""
    groups = [(name, list(members)) for name, members in groupby(review.cards, key=lambda card: card.schema)]
    anchors = {card.owner: f"o{number}" for number, card in enumerate(review.cards, 1)}
    body = (
        f'<a class="skip" href="#hazards">Skip the contents</a>\n{_head(review)}\n<div class="layout">\n'
        f"{_contents(review, groups, anchors)}\n<main>\n{_hazards(review.hazards)}\n{_unmodelled_section(review.unmodelled)}\n"
        f"{_objects(review, groups, anchors)}\n{_files(review.files)}\n</main>\n</div>\n"
        "<footer>Written by <code>inv schema-generate</code>. The SQL ran on a copy of the schema; before and after are "
        "what <code>pg_dump</code> prints of it.</footer>"
    )
    return html.document(f"{review.headline}: {review.summary}", body, asset="review_page")


def _head(review: Review) -> str:
    counts = "".join(f"<li>{line(count)}</li>" for count in review.counts)
    for first, *others in _by_level(hazard for hazard in review.hazards if hazard.rank < _INFORMATION):
        counts += f'<li class="level l{first.rank}">{line(first.mark)} {line(first.level)}: {len(others) + 1}</li>'
    origin = " · ".join(_origin(review.origin))
    return (
        f'<header class="top"><h1>{line(review.headline)}</h1><p class="sub">{origin}</p>'
        f'<ul class="counts" aria-label="What changes">{counts}</ul></header>'
    )


def _origin(origin: Origin) -> Iterator[str]:
    if origin.project:
        yield line(origin.project)
    if origin.branch:
        base = f" for <code>{line(origin.base)}</code>" if origin.base and origin.base != origin.branch else ""
        yield f"branch <code>{line(origin.branch)}</code>{base}"
    if origin.commit:
        yield f"on commit <code>{line(origin.commit)}</code>"
    if origin.date:
        yield line(f"{origin.date} {origin.author}".strip())


def _contents(review: Review, groups: Sequence[tuple[str, Sequence[Card]]], anchors: dict[str, str]) -> str:
    parts = [_entry("hazards", "Hazards", len(review.hazards))]
    if review.unmodelled:
        parts.append(_entry("unmodelled", "Left to you", len(review.unmodelled)))
    parts.append(_entry("objects", "Before and after", len(review.cards)))
    for schema, members in groups:
        items = "".join(_link(card, anchors[card.owner]) for card in members)
        name = line(schema or _WITHOUT_SCHEMA)
        parts.append(
            f'<li class="schema"><details open><summary>{name} <span class="count">{len(members)}</span></summary>'
            f"<ul>{items}</ul></details></li>"
        )
    parts.append(_entry("sql", "SQL", len(review.files)))
    return (
        '<nav aria-label="Contents"><form class="find" role="search" hidden>'
        '<input type="search" id="find" placeholder="Filter: name or SQL" aria-label="Filter the objects">'
        f'<div class="chips" role="group" aria-label="Show">{_chips(review.cards)}</div>'
        '<p class="shown" role="status"></p></form>'
        f'<ul class="toc">{"".join(parts)}</ul></nav>'
    )


def _chips(cards: Sequence[Card]) -> str:
    actions = [action for action in _MARKS if any(card.action == action for card in cards)]
    chips = "".join(
        f'<button type="button" class="chip" data-action="{action}" aria-pressed="true">{_MARKS[action]} {action}</button>'
        for action in actions
        if len(actions) > 1
    )
    return f'{chips}<button type="button" class="chip" id="all" aria-pressed="false">open all</button>'


def _entry(anchor: str, name: str, count: int) -> str:
    return f'<li><a href="#{anchor}">{name} <span class="count">{count}</span></a></li>'


def _link(card: Card, anchor: str) -> str:
    name = card.owner.partition(".")[2] or card.owner
    mark = f'<span class="mark {card.action}" title="{card.action}">{_MARKS[card.action]}</span>'
    return f'<li data-card="{anchor}"><a href="#{anchor}">{mark} {line(name)}</a></li>'


def _heading(anchor: str, name: str, count: int) -> str:
    return f'<h2 id="{anchor}">{name} <span class="count">{count}</span></h2>'


def _hazards(hazards: Sequence[ReviewedHazard]) -> str:
    if not hazards:
        return f'{_heading("hazards", "Hazards", 0)}<p class="card none">None were found.</p>'
    shown = "".join(map(_level, _by_level(hazards)))
    return f'{_heading("hazards", "Hazards", len(hazards))}<div class="card">{shown}</div>'


def _by_level(hazards: Iterable[ReviewedHazard]) -> Iterator[list[ReviewedHazard]]:
    for _, members in groupby(sorted(hazards, key=lambda hazard: hazard.rank), key=lambda hazard: hazard.rank):
        yield list(members)


def _level(hazards: Sequence[ReviewedHazard]) -> str:
    first = hazards[0]
    items = "".join(
        f"<li><code>{line(hazard.code)}</code> <span>{line(hazard.message)}{_rows(hazard.rows)}</span></li>"
        for hazard in hazards
    )
    badge = f'<span class="level l{first.rank}"><span aria-hidden="true">{line(first.mark)}</span> {line(first.level)}</span>'
    heading = f'<h3>{badge} <span class="count">{len(hazards)}</span></h3>'
    if first.rank >= _ALWAYS_OPEN and len(hazards) > _HAZARDS_OPEN_AT_MOST:
        return f'<section class="hazards"><details><summary>{heading}</summary><ul>{items}</ul></details></section>'
    return f'<section class="hazards">{heading}<ul>{items}</ul></section>'


def _rows(count: int | None) -> str:
    return "" if count is None else f' <span class="rows">{_row_count(count)}</span>'


def _row_count(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'} in the local database"


def _unmodelled_section(names: Sequence[str]) -> str:
    if not names:
        return ""
    items = "".join(f"<li><code>{line(name)}</code></li>" for name in names)
    note = '<p class="none">These differ and are of kinds that the tool does not write. They are not in the SQL.</p>'
    return (
        f"{_heading('unmodelled', 'Left to you', len(names))}"
        f'<div class="card">{note}<div class="hazards"><ul>{items}</ul></div></div>'
    )


def _objects(review: Review, groups: Sequence[tuple[str, Sequence[Card]]], anchors: dict[str, str]) -> str:
    if not groups:
        return f'{_heading("objects", "Before and after", 0)}<p class="card none">No object is printed differently.</p>'
    opened = " open" if len(review.cards) <= _OPEN_AT_MOST else ""
    shown = "".join(
        f'<section class="schema"><h3 class="schema">{line(schema or _WITHOUT_SCHEMA)}</h3>'
        + "".join(_card(card, anchors[card.owner], opened, review.rows.get(card.owner)) for card in members)
        + "</section>"
        for schema, members in groups
    )
    return f"{_heading('objects', 'Before and after', len(review.cards))}{shown}"


def _card(card: Card, anchor: str, opened: str, rows: int | None) -> str:
    former = f' <span class="type">was {line(card.former)}</span>' if card.former else ""
    inner = _whole(card) if card.whole else "".join(_part(card.owner, part) for part in card.parts)
    return (
        f'<article class="card object" id="{anchor}" data-action="{card.action}"><details{opened}><summary>'
        f'{_badge(card.action)}<h4>{line(card.owner)}</h4>{former}<span class="type">{_kinds(card)}</span>{_rows(rows)}'
        f"</summary>{inner}</details></article>"
    )


def _badge(action: str) -> str:
    return f'<span class="badge {action}"><span aria-hidden="true">{_MARKS[action]}</span> {action}</span>'


def _kinds(card: Card) -> str:
    """`table, 3 policies`: what of the object differs."""
    kinds = [kind(part.type) for part in card.parts]
    names = dict.fromkeys(kinds)
    return line(", ".join(name if kinds.count(name) == 1 else f"{kinds.count(name)} × {name}" for name in names))


def _whole(card: Card) -> str:
    texts = "\n\n".join(part.before or part.after for part in card.parts)
    new = card.action == "new"
    return sidebyside.table("" if new else texts, texts if new else "", f"{card.owner}, {card.action}")


def _part(owner: str, part: ChangedObject) -> str:
    own = owner.rpartition(".")[2]
    name = part.name.partition(" ")[2] if part.type in ("ACL", "COMMENT") else part.name.removeprefix(f"{own} ")
    shown = "" if name in (own, owner) else f' <span class="what">{line(name)}</span>'
    was = f' <span class="type">was {line(part.former)}</span>' if part.former and part.former != owner else ""
    label = f"{kind(part.type)} {part.name}: before and after"
    return (
        f'<section class="part"><h5>{_badge(part.action)}<span class="type">{line(kind(part.type))}</span>{shown}{was}</h5>'
        f"{sidebyside.table(part.before, part.after, label)}</section>"
    )


def _files(files: Sequence[ReviewedFile]) -> str:
    return f"{_heading('sql', 'SQL', len(files))}{''.join(map(_file, files))}"


def _file(file: ReviewedFile) -> str:
    name = f'<a href="{line(file.link)}">{line(file.name)}</a>' if file.link else line(file.name)
    return (
        f'<article class="card file"><header><h3>{name}</h3><button type="button" class="copy" hidden>Copy</button></header>'
        f'<pre tabindex="0" aria-label="{line(file.name)}"><code>{lines(sql(file.sql.rstrip()))}</code></pre></article>'
    )
