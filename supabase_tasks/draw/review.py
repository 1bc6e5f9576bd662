"""A migration as one self-contained HTML page for its review: what changes, the dangers, before and after, the SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from supabase_tasks.draw import objects, sidebyside
from supabase_tasks.draw.highlight import sql
from supabase_tasks.draw.markup import line
from supabase_tasks.draw.objects import Changed
from supabase_tasks.redaction import hide_options

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
_GATED = "data-loss"
_WORDS = {"ACL": "grants", "FK CONSTRAINT": "foreign key", "DEFAULT ACL": "default privileges"}
# A long table of unchanged neighbours does not help: objects beyond this many start closed.
_OPEN_AT_MOST = 40


class Reviewed(Protocol):
    """What the page needs of a plan."""

    def as_json(self) -> dict[str, Any]:
        """`summary`, `name`, `hazards` (code, message, relation, lock, blocking), `unmodelled`, `files` (name, sql)."""


def page(plan: Reviewed, *, before: str = "", after: str = "", project: str = "") -> str:
    """The page for a plan. `before` and `after` are `pg_dump --schema-only` texts of the two sides.

    What stands in OPTIONS (…) of foreign servers and user mappings is hidden. Nothing on the page is loaded from elsewhere;
    it reads in light and dark, on paper and on a phone.
    """
    data = plan.as_json()
    changed = objects.compare(before, after)
    files: Sequence[Mapping[str, Any]] = data["files"]
    title = f"{data['name'] or 'migration'}: {data['summary']}"
    body = [
        _head(data, changed, project),
        _hazards(data["hazards"]),
        _unmodelled(data["unmodelled"]),
        _objects(changed),
        _files(files),
        "<footer>Written by <code>inv schema-generate --html</code>. The SQL was run on a copy of the current schema, "
        "and the copy then equalled the models.</footer>",
    ]
    style = (Path(__file__).parent / "review.css").read_text(encoding="utf-8")
    return _PAGE.format(title=line(title), style=style, body="\n".join(part for part in body if part))


def _head(data: Mapping[str, Any], changed: Sequence[Changed], project: str) -> str:
    counts = [part.strip() for part in str(data["summary"]).split(",") if part.strip()]
    gated = sum(1 for hazard in data["hazards"] if hazard["code"] == _GATED)
    items = "".join(f"<li>{line(count)}</li>" for count in counts)
    if gated:
        items += f'<li class="badge gated">{gated} × data loss</li>'
    links = [("hazards", "Dangers", len(data["hazards"])), ("objects", "Before and after", len(changed))]
    links.append(("sql", "SQL", len(data["files"])))
    nav = "".join(f'<a href="#{anchor}">{name} ({count})</a>' for anchor, name, count in links)
    where = f"{line(project)} · " if project else ""
    return (
        f"<h1>{line(str(data['name'] or 'migration').replace('_', ' '))}</h1>"
        f'<p class="sub">{where}migration for review</p><ul class="counts">{items}</ul><nav>{nav}</nav>'
    )


def _heading(anchor: str, text: str, count: int) -> str:
    return f'<h2 id="{anchor}">{text} <span class="count">{count}</span></h2>'


def _hazards(hazards: Iterable[Mapping[str, Any]]) -> str:
    ordered = sorted(hazards, key=lambda hazard: (hazard["code"] != _GATED, hazard["code"] == "lock"))
    items = "".join(_hazard(hazard) for hazard in ordered)
    inner = f'<ul class="hazards">{items}</ul>' if items else '<p class="none">None was found.</p>'
    return f'{_heading("hazards", "Dangers", len(ordered))}<div class="card">{inner}</div>'


def _hazard(hazard: Mapping[str, Any]) -> str:
    style = "gated" if hazard["code"] == _GATED else "hazard"
    return f'<li><span class="badge {style}">{line(hazard["code"])}</span><span>{line(hazard["message"])}</span></li>'


def _unmodelled(names: Sequence[str]) -> str:
    if not names:
        return ""
    items = "".join(f'<li><span class="badge hazard">by hand</span><code>{line(name)}</code></li>' for name in names)
    note = "<p class='none'>These differ and are of kinds that the tool does not write. They are not in the SQL.</p>"
    heading = _heading("unmodelled", "Left to you", len(names))
    return f'{heading}<div class="card">{note}<ul class="hazards">{items}</ul></div>'


def _objects(changed: Sequence[Changed]) -> str:
    if not changed:
        return ""
    groups = [(owner, list(parts)) for owner, parts in groupby(changed, key=lambda one: one.owner)]
    opened = "" if len(changed) > _OPEN_AT_MOST else " open"
    cards = "".join(_group(owner, parts, opened) for owner, parts in groups)
    return f"{_heading('objects', 'Before and after', len(changed))}{cards}"


def _group(owner: str, parts: Sequence[Changed], opened: str) -> str:
    inner = "".join(_object(owner, part, opened) for part in parts)
    return f'<section class="card"><header><span class="what">{line(owner)}</span></header>{inner}</section>'


def _object(owner: str, one: Changed, opened: str) -> str:
    own = owner.rpartition(".")[2]
    name = one.name.partition(" ")[2] if one.type in ("ACL", "COMMENT") else one.name.removeprefix(f"{own} ")
    shown = "" if name in (own, owner) else f'<span class="what">{line(name)}</span>'
    return (
        f'<details class="part"{opened}><summary><span class="badge {one.action}">{one.action}</span>'
        f'<span class="type">{line(_WORDS.get(one.type, one.type.lower()))}</span>{shown}</summary>'
        f"{sidebyside.table(hide_options(one.before), hide_options(one.after))}</details>"
    )


def _files(files: Sequence[Mapping[str, Any]]) -> str:
    cards = "".join(
        f'<section class="card"><header><span class="what">{line(file["name"])}.sql</span></header>'
        f"<pre><code>{sql(hide_options(file['sql'].rstrip()))}</code></pre></section>"
        for file in files
    )
    return f"{_heading('sql', 'SQL', len(files))}{cards}"
