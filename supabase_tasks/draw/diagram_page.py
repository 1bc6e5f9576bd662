"""The diagram as one self-contained HTML page: the picture, a search, and every table as text below it."""

from __future__ import annotations

from pathlib import Path

from supabase_tasks.draw.diagram import Column, Diagram, Entity
from supabase_tasks.draw.markup import line, text
from supabase_tasks.draw.svg import document

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p>{counts}</p>
<form onsubmit="return false">
<input type="search" placeholder="find a table or column" aria-label="find a table or column">
<label><input type="checkbox" id="fit"> whole picture</label>
</form>
</header>
<div class="pane" tabindex="0" aria-label="diagram">
{picture}</div>
<main>
{cards}
</main>
<script>
{script}</script>
</body>
</html>
"""


def page(diagram: Diagram, title: str) -> str:
    """The page. Nothing on it is loaded from elsewhere."""
    own = [entity for entity in diagram.entities if not entity.external]
    folder = Path(__file__).parent
    cards = "\n".join(
        f'<h2>{line(group)}</h2>\n<div class="cards">{"".join(_card(diagram, entity) for entity in entities)}</div>'
        for group, entities in diagram.groups.items()
        if not entities[0].external
    )
    return _PAGE.format(
        title=line(title),
        counts=f"{len(own)} tables in {len({entity.group for entity in own})} groups, {len(diagram.links)} references",
        style=(folder / "diagram_page.css").read_text(encoding="utf-8"),
        script=(folder / "diagram_page.js").read_text(encoding="utf-8"),
        picture=document(diagram, title),
        cards=cards,
    )


def _card(diagram: Diagram, entity: Entity) -> str:
    rows = "".join(_row(column) for column in entity.columns)
    note = "" if entity.policies is None else f"<span>RLS, {entity.policies} policies</span>"
    comment = f"<p>{text(entity.comment)}</p>" if entity.comment else ""
    refs = [f"{', '.join(link.columns)} → {link.target}" for link in diagram.links if link.source == entity.name]
    shown = f'<p class="refs">{"<br>".join(line(ref) for ref in refs)}</p>' if refs else ""
    return f'<section class="card"><h3>{line(entity.name)}{note}</h3>{comment}<table>{rows}</table>{shown}</section>'


def _row(column: Column) -> str:
    style = ' class="pk"' if column.primary else ""
    null = "" if column.nullable else " not null"
    return f"<tr><td{style}>{line(column.name)}</td><td>{line(column.type)}{null}</td></tr>"
