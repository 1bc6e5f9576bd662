"""The diagram as one self-contained HTML page: the picture, a search, and every table as text below it."""

from __future__ import annotations

from collections.abc import Mapping

from supabase_tasks.draw import html
from supabase_tasks.draw.diagram import Column, Diagram, Entity, Link
from supabase_tasks.draw.markup import line, text
from supabase_tasks.draw.svg import document, style

_BODY = """<a class="skip" href="#tables">Skip the picture</a>
<header>
<h1>{title}</h1>
<p>{counts}</p>
<form role="search">
<input type="search" placeholder="find a table or column" aria-label="find a table or column">
<button type="button" id="previous" aria-label="previous hit">↑</button>
<button type="button" id="next" aria-label="next hit">↓</button>
<span id="hits" role="status"></span>
</form>
<div class="zoom" role="group" aria-label="zoom">
<button type="button" id="out" aria-label="smaller">−</button>
<span id="scale" role="status"></span>
<button type="button" id="in" aria-label="larger">+</button>
<button type="button" id="fit">whole picture</button>
<button type="button" id="full">100 %</button>
</div>
</header>
{legend}
<div class="pane" tabindex="0" role="region" aria-label="diagram">
{picture}</div>
<main id="tables">
{cards}
</main>"""
_LEGEND = """<details class="legend"><summary>Legend</summary><dl>
<dt><strong>name</strong></dt><dd>primary key</dd>
<dt>type?</dt><dd>may be NULL</dd>
<dt>RLS 2</dt><dd>row level security with two policies</dd>
<dt><svg viewBox="0 0 46 14" width="46" height="14" aria-hidden="true"><path d="M2 3L10 7L2 11M2 7H40" fill="none"
 stroke="currentColor"/><circle cx="42" cy="7" r="3" fill="currentColor"/></svg></dt><dd>many rows refer to one</dd>
<dt><svg viewBox="0 0 46 14" width="46" height="14" aria-hidden="true"><path d="M2 7H40M9 3V11" fill="none"
 stroke="currentColor"/><circle cx="42" cy="7" r="3" fill="currentColor"/></svg></dt><dd>at most one row refers to each</dd>
<dt>colour</dt><dd>all references to one table have one colour</dd>
<dt>dashed</dt><dd>belongs to the platform</dd>
</dl><p>Drag to move, Ctrl and the wheel to zoom; a table leads to its card. For a PNG or PDF print this page.</p></details>"""


def page(diagram: Diagram, title: str) -> str:
    """The page. Nothing on it is loaded from elsewhere."""
    own = [entity for entity in diagram.entities if not entity.external]
    anchors = {entity.name: f"t{number}" for number, entity in enumerate(own, 1)}
    cards = "\n".join(
        f'<h2>{line(group)}</h2>\n<div class="cards">{"".join(_card(diagram, entity, anchors) for entity in entities)}</div>'
        for group, entities in diagram.groups.items()
        if not entities[0].external
    )
    body = _BODY.format(
        title=line(title),
        counts=f"{len(own)} tables in {len({entity.group for entity in own})} groups, {len(diagram.links)} references",
        legend=_LEGEND,
        picture=document(diagram, title, anchors),
        cards=cards,
    )
    return html.document(title, body, asset="diagram_page", styles=[f"\n{style()}"])


def _card(diagram: Diagram, entity: Entity, anchors: Mapping[str, str]) -> str:
    rows = "".join(_row(column) for column in entity.columns)
    count = entity.policies or 0
    note = "" if entity.policies is None else f"<span>RLS, {count} {'policy' if count == 1 else 'policies'}</span>"
    comment = f"<p>{text(entity.comment)}</p>" if entity.comment else ""
    refs = [_reference(link, anchors) for link in diagram.links if link.source == entity.name]
    shown = f'<p class="refs">{"<br>".join(refs)}</p>' if refs else ""
    return (
        f'<section class="card" id="{anchors[entity.name]}" data-name="{line(entity.name)}">'
        f"<h3>{line(entity.name)}{note}</h3>{comment}<table>{rows}</table>{shown}</section>"
    )


def _reference(link: Link, anchors: Mapping[str, str]) -> str:
    name = line(link.target)
    target = f'<a href="#{anchors[link.target]}">{name}</a>' if link.target in anchors else name
    return f"{line(', '.join(link.columns))} → {target}"


def _row(column: Column) -> str:
    style = ' class="pk"' if column.primary else ""
    null = "" if column.nullable else " not null"
    return f"<tr><td{style}>{line(column.name)}</td><td>{line(column.type)}{null}</td></tr>"
