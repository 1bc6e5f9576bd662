"""The cards below the picture: each table as text, and what stands by itself (enums, views, functions)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from supabase_tasks import wording
from supabase_tasks.draw.diagram import Column, Detail, Diagram, Entity, Link
from supabase_tasks.draw.diagram_changes import MARKS
from supabase_tasks.draw.highlight import sql
from supabase_tasks.draw.line_rows import rows, runs
from supabase_tasks.draw.markup import line, text

_WHOLE = 24


class Anchors:
    """The places on the page that tables and types have: readable, so that a link to one stays true."""

    def __init__(self, diagram: Diagram) -> None:
        self._taken: set[str] = set()
        self.tables = {one.name: self._free(one.name) for one in diagram.entities if not one.external}
        self.others = {(one.kind, one.name, one.text): self._free(f"{one.kind}-{one.name}") for one in diagram.others}
        self.types = {one.name: self.others[one.kind, one.name, one.text] for one in diagram.others if one.is_type}

    def _free(self, name: str) -> str:
        plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-") or "table"
        found = next(one for one in (plain, *(f"{plain}-{n}" for n in range(2, 100_000))) if one not in self._taken)
        self._taken.add(found)
        return found


def cards(diagram: Diagram, anchors: Anchors) -> str:
    """Every table by its group, then everything else by its kind."""
    parts = [
        _section(group, (_table(diagram, entity, anchors) for entity in entities))
        for group, entities in diagram.groups.items()
        if not entities[0].external
    ]
    for noun, members in _by_noun(sorted(diagram.others, key=_order)):
        title = wording.plural(noun)
        parts.append(_section(title[:1].upper() + title[1:], (_other(one, anchors) for one in members)))
    return "\n".join(parts)


def _by_noun(details: Sequence[Detail]) -> Iterable[tuple[str, Sequence[Detail]]]:
    """The details by what people call them, in the order in which the first of each comes."""
    found: dict[str, list[Detail]] = {}
    for one in details:
        found.setdefault(_noun(one), []).append(one)
    return found.items()


def _noun(one: Detail) -> str:
    return one.noun or one.kind.replace("_", " ")


def _order(one: Detail) -> tuple[bool, bool, str, str]:
    """Types first, parts of the platform's tables last."""
    return (not one.is_type, " of " in _noun(one), _noun(one), one.name)


def _section(title: str, shown: Iterable[str]) -> str:
    return f'<section class="group"><h2>{line(title)}</h2>\n<div class="cards">{"".join(shown)}</div></section>'


def _head(name: str, change: str, note: str) -> str:
    badge = f'<span class="badge {change}">{MARKS[change]} {change}</span>' if change else ""
    return f'<h3><span class="name">{line(name.removeprefix("public."))}</span>{badge}{note}</h3>'


def _table(diagram: Diagram, entity: Entity, anchors: Anchors) -> str:
    secured = entity.policies is not None
    note = f'<span class="note">RLS, {wording.count(entity.policies or 0, "policy")}</span>' if secured else ""
    comment = f"<p>{text(entity.comment)}</p>" if entity.comment else ""
    columns = "".join(_row(column, anchors) for column in entity.columns)
    refs = [_reference(link, anchors.tables) for link in diagram.links if link.source == entity.name]
    shown = f'<p class="refs">{"<br>".join(refs)}</p>' if refs else ""
    return (
        f'<article class="card {entity.change}" id="{anchors.tables[entity.name]}" data-name="{line(entity.name)}">'
        f"{_head(entity.name, entity.change, note)}{comment}<table><caption>columns of {line(entity.name)}</caption>{columns}"
        f"</table>{shown}{_more(entity.details)}</article>"
    )


def _row(column: Column, anchors: Anchors) -> str:
    # A name of usual length is not broken; the type next to it may be.
    styles = [*(["pk"] if column.primary else []), *(["whole"] if len(column.name) <= _WHOLE else [])]
    mark = f'<b class="mark" title="{column.change}">{MARKS[column.change]}</b> ' if column.change else ""
    was = f"<br><del>{line(column.before)}</del>" if column.before else ""
    bare = column.type.removesuffix("[]")
    anchor = anchors.types.get(bare if "." in bare else f"public.{bare}")
    kind = f'<a href="#{anchor}">{line(column.type)}</a>' if anchor else line(column.type)
    null = "" if column.nullable else " not null"
    head = f'<th scope="row" class="{" ".join(styles)}">{mark}{line(column.name)}</th>'
    return f'<tr class="{column.change}">{head}<td>{kind}{null}{was}</td></tr>'


def _reference(link: Link, anchors: Mapping[str, str]) -> str:
    name = line(link.target)
    target = f'<a href="#{anchors[link.target]}">{name}</a>' if link.target in anchors else name
    mark = f'<b class="mark" title="{link.change}">{MARKS[link.change]}</b> ' if link.change else ""
    return f'<span class="{link.change}">{mark}{line(", ".join(link.columns))} → {target}</span>'


def _more(details: Sequence[Detail]) -> str:
    return f'<div class="more">{"".join(_details(details))}</div>' if details else ""


def _details(details: Sequence[Detail]) -> Iterator[str]:
    for noun, those in _by_noun(sorted(details, key=_order)):
        changes = sorted({one.change for one in those if one.change})
        marks = "".join(f' <b class="mark {change}" title="{change}">{MARKS[change]}</b>' for change in changes)
        opened = " open" if changes else ""
        items = "".join(f'<li class="{one.change}">{_sql(one)}</li>' for one in those)
        yield (
            f"<details{opened}><summary>{wording.count(len(those), noun)}{marks}</summary><ul>{items}</ul></details>"
        )


def _other(one: Detail, anchors: Anchors) -> str:
    anchor = anchors.others[one.kind, one.name, one.text]
    return (
        f'<article class="card {one.change}" id="{anchor}" data-name="{line(one.name)}">'
        f"{_head(one.name, one.change, '')}{_sql(one, marked=False)}</article>"
    )


def _sql(one: Detail, *, marked: bool = True) -> str:
    if one.before:
        return f'<pre class="diff" aria-label="{line(one.name)}: before and after">{"".join(_diff(one.before, one.text))}</pre>'
    if one.kind == "enum":
        values = (value.replace("''", "'") for value in re.findall(r"'((?:[^']|'')*)'", one.text.partition("(")[2]))
        return f'<ol class="values" aria-label="values">{"".join(f"<li>{line(value)}</li>" for value in values)}</ol>'
    mark = f'<b class="mark" title="{one.change}">{MARKS[one.change]}</b> ' if one.change and marked else ""
    return f"<pre>{mark}{sql(one.text.strip())}</pre>"


def _diff(before: str, after: str) -> Iterator[str]:
    """Both texts line by line in one column; unchanged lines far from a change are left out."""
    for far, found in runs(rows(before, after)):
        if far:
            yield "<span>  …\n</span>"
            continue
        for row in found:
            if row.action == "same":
                yield f"<span>  {text(row.left)}\n</span>"
                continue
            yield f"<del>− {text(row.left)}\n</del>" if row.action in ("both", "del") else ""
            yield f"<ins>+ {text(row.right)}\n</ins>" if row.action in ("both", "add") else ""
