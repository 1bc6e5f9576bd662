"""The diagram as one self-contained SVG: light and dark, no font and no file from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from supabase_tasks import visible
from supabase_tasks.draw.diagram import Column, Diagram
from supabase_tasks.draw.diagram_changes import MARKS
from supabase_tasks.draw.markup import line, text
from supabase_tasks.draw.placing import CHAR, HEAD, ROW, Frame, Spot, place
from supabase_tasks.draw.routing import Picture, Point, Route, route

_COLOURS = 8
_RADIUS = 5
_FRAME_PAD = 12
_TEXT_PAD = 10
# On paper the columns of more tables than these could not be read: the cards have them.
_LARGE = 80


def document(diagram: Diagram, title: str, anchors: Mapping[str, str] | None = None) -> str:
    """The SVG document. Hovering a reference thickens it; its name is a tooltip. `anchors` are the places on the page around
    it that tables lead to."""
    picture = route(diagram, place(diagram)) if diagram.entities else None
    width, height = (round(picture.width), round(picture.height)) if picture else (200, 60)
    body = "".join(_parts(diagram, picture, anchors or {})) if picture else ""
    # Links inside a picture that is one image to a screen reader could not be reached.
    role = "group" if anchors else "img"
    look = "d" + (" compared" if diagram.compared else "") + (" large" if len(diagram.entities) > _LARGE else "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{look}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="{role}" aria-label="{line(title)}">\n<title>{line(title)}</title>\n'
        f"<style>\n{style()}</style>\n"
        f'<rect class="ground" width="{width}" height="{height}"/>\n{body}</svg>\n'
    )


def style() -> str:
    """The picture's own style sheet."""
    return (Path(__file__).parent / "diagram.css").read_text(encoding="utf-8")


def _parts(diagram: Diagram, picture: Picture, anchors: Mapping[str, str]) -> Iterator[str]:
    nets = {name: index % _COLOURS for index, name in enumerate(sorted({link.target for link in diagram.links}))}
    yield from (_frame(frame, picture) for frame in picture.placing.frames)
    yield from (_route(one, nets[one.link.target]) for one in picture.routes)
    yield from (_entity(spot, picture, anchors.get(spot.entity.name, "")) for spot in picture.placing.spots)


def _frame(frame: Frame, picture: Picture) -> str:
    x, y = picture.xs[frame.column] - _FRAME_PAD, picture.ys[frame.band] - 30
    right = picture.xs[frame.column + frame.columns - 1] + picture.placing.width + _FRAME_PAD
    style = " external" if frame.external else ""
    size = f'width="{right - x:g}" height="{frame.height + 42:g}"'
    return (
        f'<rect class="frame{style}" x="{x:g}" y="{y:g}" {size} rx="10"/>\n'
        f'<text class="group" x="{x + 12:g}" y="{y + 20:g}">{line(frame.group)}</text>\n'
    )


def _route(one: Route, colour: int) -> str:
    path = _path(one.points)
    link = one.link
    name = f"{link.source}.{', '.join(link.columns)} → {link.target}"
    end = one.points[-1]
    return (
        f'<g class="route n{colour}{_change(link.change)}" data-from="{line(link.source)}" data-to="{line(link.target)}">'
        f'<title>{line(name)}</title><path class="wide" d="{path}"/><path class="seen" d="{path}"/>'
        f'<path class="seen" d="{_foot(one)}"/><circle cx="{end[0]:g}" cy="{end[1]:g}" r="3.4"/></g>\n'
    )


def _change(change: str) -> str:
    return f" {change}" if change else ""


def _foot(one: Route) -> str:
    """The crow's foot at the referring row (many), or a bar across the line (at most one)."""
    (x, y), (next_x, _) = one.points[0], one.points[1]
    step = 8 if next_x > x else -8
    if one.link.single:
        return f"M{x + step:g} {y - 4:g}V{y + 4:g}"
    return f"M{x:g} {y - 4:g}L{x + step:g} {y:g}L{x:g} {y + 4:g}"


def _path(points: tuple[Point, ...]) -> str:
    """The polyline with rounded corners."""
    parts = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_RADIUS, _length(before, here) / 2, _length(here, after) / 2)
        start, end = _towards(here, before, radius), _towards(here, after, radius)
        parts.append(f"L{start[0]:g} {start[1]:g}Q{here[0]:g} {here[1]:g} {end[0]:g} {end[1]:g}")
    return "".join([*parts, f"L{points[-1][0]:g} {points[-1][1]:g}"])


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, goal: Point, by: float) -> Point:
    distance = _length(start, goal) or 1
    return (start[0] + (goal[0] - start[0]) * by / distance, start[1] + (goal[1] - start[1]) * by / distance)


def _entity(spot: Spot, picture: Picture, anchor: str) -> str:
    entity = spot.entity
    x, y = picture.corner(spot)
    width = picture.placing.width
    style = (" external" if entity.external else "") + _change(entity.change)
    note = "" if entity.policies is None else f"RLS {entity.policies}"
    room = int((width - 2 * _TEXT_PAD) / (CHAR * 1.08)) - len(note) - 1
    name = entity.name.removeprefix("public.")
    marked = f"{MARKS[entity.change]} {name}" if entity.change else name
    head = (
        f'<rect class="box" width="{width}" height="{spot.height}" rx="6"/>'
        f'<path class="head" d="M.5 {HEAD - 4}V6.5a6 6 0 0 1 6-6H{width - 6.5}a6 6 0 0 1 6 6V{HEAD - 4}Z"/>'
        f'<text class="title" x="{_TEXT_PAD}" y="19">{line(_cut(marked, room))}</text>'
    )
    if note:
        head += f'<text class="note" x="{width - _TEXT_PAD}" y="19" text-anchor="end">{note}</text>'
    title = line(entity.name) + (f": {text(entity.comment)}" if entity.comment else "")
    rows = "".join(_row(column, index, width) for index, column in enumerate(entity.columns))
    rules = "".join(f"M0 {HEAD + ROW * index}H{width}" for index in range(1, len(entity.columns)))
    inner = f'<title>{title}</title>{head}{rows}{f"""<path class="rule" d="{rules}"/>""" if rules else ""}'
    if anchor:
        inner = f'<a href="#{anchor}">{inner}</a>'
    return f'<g class="entity{style}" data-name="{line(entity.name)}" transform="translate({x:g} {y:g})">{inner}</g>\n'


def _row(column: Column, index: int, width: int) -> str:
    y = HEAD + ROW * index
    room = int((width - 2 * _TEXT_PAD) / CHAR)
    null = "?" if column.nullable else ""
    shown = f"{MARKS[column.change]} {column.name}" if column.change else column.name
    name = _cut(shown, max(12, room - len(column.type) - len(null) - 2))
    kind = _cut(column.type + null, room - len(name) - 1)
    style = "pk" if column.primary else ""
    cut = name != visible.line(shown) or kind != visible.line(column.type + null)
    told = f"{column.name} {column.shown}" + (f" (was {column.before})" if column.before else "")
    # The cards hold every column: what can be read here needs no tooltip.
    tooltip = f"<title>{line(told)}</title>" if cut or column.before else ""
    back = (
        f'<rect class="row {column.change}" x="1" y="{y}" width="{width - 2}" height="{ROW}"/>' if column.change else ""
    )
    return (
        f'{back}<text class="{style}" x="{_TEXT_PAD}" y="{y + 14}">{line(name)}{tooltip}</text>'
        f'<text class="type" x="{width - _TEXT_PAD}" y="{y + 14}" text-anchor="end">{line(kind)}</text>'
    )


def _cut(name: str, room: int) -> str:
    shown = visible.line(name)
    return shown if len(shown) <= room else shown[: max(1, room - 1)] + "…"
