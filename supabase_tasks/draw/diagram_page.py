"""The diagram as one self-contained HTML page: the picture, a search, and every table as text below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from supabase_tasks.draw import html
from supabase_tasks.draw.diagram import Diagram, Entity
from supabase_tasks.draw.diagram_cards import Anchors, cards
from supabase_tasks.draw.diagram_changes import MARKS
from supabase_tasks.draw.markup import line
from supabase_tasks.draw.svg import document, style

_BODY = """<a class="skip" href="#tables">Skip the picture</a>
<header>
<h1>{title}</h1>
<p>{counts}</p>
{compared}
<form role="search">
<input type="search" placeholder="find a table or column" aria-label="find a table or column">
<button type="button" id="previous" aria-label="previous hit">↑</button>
<button type="button" id="next" aria-label="next hit">↓</button>
<span id="hits" role="status"></span>
{only}</form>
<div class="zoom" role="group" aria-label="zoom">
<button type="button" id="out" aria-label="smaller">−</button>
<span id="scale" role="status"></span>
<button type="button" id="in" aria-label="larger">+</button>
<button type="button" id="fit">whole picture</button>
<button type="button" id="full">100 %</button>
<button type="button" id="png">save PNG</button>
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
{changes}</dl><p>Drag to move; Ctrl and the wheel, or + and − on the keyboard, to zoom. The references of the table under the
pointer, or of the one that was clicked, stand out (Esc ends it). A table leads to its card, with indexes, policies and triggers.
Printing writes a PDF of the picture and all cards.</p></details>"""
_CHANGES = """<dt><span class="badge new">+ new</span></dt><dd>the models add it</dd>
<dt><span class="badge changed">~ changed</span></dt><dd>the models change it</dd>
<dt><span class="badge gone">− gone</span></dt><dd>the models drop it</dd>
"""
_ONLY = '<label><input type="checkbox" id="only"> only what changes</label>\n'


def page(diagram: Diagram, title: str) -> str:
    """The page. Nothing on it is loaded from elsewhere."""
    own = [entity for entity in diagram.entities if not entity.external]
    anchors = Anchors(diagram)
    body = _BODY.format(
        title=line(title),
        counts=f"{_count(len(own), 'table')} in {_count(len({entity.group for entity in own}), 'group')}, "
        f"{_count(len(diagram.links), 'reference')}",
        compared=_comparison_line(diagram, own),
        only=_ONLY if diagram.compared else "",
        legend=_LEGEND.format(changes=_CHANGES if diagram.compared else ""),
        picture=document(diagram, title, anchors.tables),
        cards=cards(diagram, anchors),
    )
    return html.document(title, body, asset="diagram_page", styles=[f"\n{style()}"], images="data:")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _comparison_line(diagram: Diagram, own: Sequence[Entity]) -> str:
    if not diagram.compared:
        return ""
    changes = [*(one.change for one in own), *(one.change for one in diagram.others)]
    counts = Counter(change for change in changes if change)
    said = [
        f'<span class="badge {change}">{mark} {counts[change]} {change}</span>'
        for change, mark in MARKS.items()
        if counts[change]
    ]
    return f'<p class="changes">compared with {line(diagram.compared)}: {" ".join(said) or "no difference"}</p>'
