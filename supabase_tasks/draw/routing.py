"""How the references travel: through gutters and channels, each target with a lane of its own, never across a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

from supabase_tasks.draw.diagram import Diagram, Link
from supabase_tasks.draw.placing import HEAD, ROW, Placing, Spot

LANE = 7
_EDGE = 22
_TITLE = 40
_STUB_SHIFT = 3
_BEND = 400
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Route:
    """One reference as a polyline of horizontal and vertical parts, from the referring row to the target's head."""

    link: Link
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything with its coordinates: x of each grid column, y of each band, the routes, and the whole size."""

    placing: Placing
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    routes: tuple[Route, ...]
    width: float
    height: float

    def corner(self, spot: Spot) -> Point:
        """The upper left corner of a table."""
        return (self.xs[spot.column], self.ys[spot.band] + spot.offset)


@dataclass(frozen=True, slots=True)
class _Way:
    """The gutters at both ends of a link and the channel between them (None when both are the same gutter)."""

    link: Link
    start: int
    end: int
    channel: int | None


def route(diagram: Diagram, placing: Placing) -> Picture:
    """The picture of a placed diagram."""
    spots = {spot.entity.name: spot for spot in placing.spots}
    ways = [_way(link, spots, placing) for link in diagram.links]
    channels = _channel_lanes(ways)
    ys, height = _stack(placing, channels)
    gutters = _gutter_lanes(ways, spots, placing, ys, channels)
    xs, width = _line_up(placing, gutters)
    draft = Picture(placing, xs, ys, (), width, height)
    routes = tuple(_points(way, spots, draft, gutters, channels) for way in ways)
    return Picture(placing, xs, ys, routes, width, height)


def _way(link: Link, spots: Mapping[str, Spot], placing: Placing) -> _Way:
    """The cheapest of the few ways: either side of both tables, any channel, as if all gutters were equally wide."""
    source, target = spots[link.source], spots[link.target]
    tops = [sum(placing.bands[:band]) + 90 * band for band in range(len(placing.bands) + 1)]
    y1 = tops[source.band] + source.offset + _row(source, link)
    y2 = tops[target.band] + target.offset
    best: tuple[float, int, int, int] | None = None
    for start, end in product((source.column, source.column + 1), (target.column, target.column + 1)):
        if start == end:
            options = [(float(abs(y1 - y2)), start, end, -1)]
        else:
            across = abs(start - end) * (placing.width + 60) + _BEND
            options = [
                (abs(y1 - top) + abs(y2 - top) + across, start, end, channel) for channel, top in enumerate(tops)
            ]
        best = min([*options, *([best] if best else [])])
    assert best is not None
    return _Way(link, best[1], best[2], best[3] if best[3] >= 0 else None)


def _row(spot: Spot, link: Link) -> int:
    names = [column.name for column in spot.entity.columns]
    return HEAD + ROW * names.index(link.columns[0]) + ROW // 2


_Lanes = dict[tuple[int, str], int]


def _colour(spans: Mapping[tuple[int, str], tuple[float, float]]) -> _Lanes:
    """A lane for each (gutter or channel, target), so that spans which meet never share one."""
    lanes: _Lanes = {}
    ends: dict[int, list[float]] = {}
    for (place, net), (low, high) in sorted(spans.items(), key=lambda item: (item[0][0], item[1], item[0][1])):
        taken = ends.setdefault(place, [])
        lane = next((index for index, end in enumerate(taken) if end < low), len(taken))
        taken[lane:] = [high, *taken[lane + 1 :]]
        lanes[place, net] = lane
    return lanes


def _count(lanes: Mapping[tuple[int, str], int], place: int) -> int:
    return max((lane + 1 for (other, _), lane in lanes.items() if other == place), default=0)


def _channel_lanes(ways: Iterable[_Way]) -> _Lanes:
    spans: dict[tuple[int, str], tuple[float, float]] = {}
    for way in ways:
        if way.channel is not None:
            _widen(spans, (way.channel, way.link.target), way.start, way.end)
    return _colour(spans)


def _widen(spans: dict[tuple[int, str], tuple[float, float]], key: tuple[int, str], *values: float) -> None:
    low, high = spans.get(key, (values[0], values[0]))
    spans[key] = (min(low, *values), max(high, *values))


def _stack(placing: Placing, channels: _Lanes) -> tuple[tuple[float, ...], float]:
    """The top of each band, and the whole height."""
    y = 0.0
    tops = []
    for band, height in enumerate(placing.bands):
        y += _EDGE + _count(channels, band) * LANE + _TITLE
        tops.append(y)
        y += height
    return tuple(tops), y + _EDGE * 2 + _count(channels, len(placing.bands)) * LANE


def _channel_y(channel: int, lane: int, placing: Placing, ys: tuple[float, ...], channels: _Lanes) -> float:
    if channel < len(ys):
        return ys[channel] - _TITLE - (_count(channels, channel) - lane) * LANE + LANE / 2
    return ys[-1] + placing.bands[-1] + _EDGE + lane * LANE + LANE / 2


def _gutter_lanes(
    ways: Iterable[_Way], spots: Mapping[str, Spot], placing: Placing, ys: tuple[float, ...], channels: _Lanes
) -> _Lanes:
    spans: dict[tuple[int, str], tuple[float, float]] = {}
    for way in ways:
        y1, y2 = _ends(way, spots, ys)
        net = way.link.target
        if way.channel is None:
            _widen(spans, (way.start, net), y1, y2)
        else:
            middle = _channel_y(way.channel, channels[way.channel, net], placing, ys, channels)
            _widen(spans, (way.start, net), y1, middle)
            _widen(spans, (way.end, net), y2, middle)
    return _colour(spans)


def _ends(way: _Way, spots: Mapping[str, Spot], ys: tuple[float, ...]) -> tuple[float, float]:
    source, target = spots[way.link.source], spots[way.link.target]
    # Rows of neighbours may lie at one height: their stubs are shifted apart.
    shift = _STUB_SHIFT if way.start == source.column else -_STUB_SHIFT
    return (
        ys[source.band] + source.offset + _row(source, way.link) + shift,
        ys[target.band] + target.offset + HEAD / 2,
    )


def _line_up(placing: Placing, gutters: _Lanes) -> tuple[tuple[float, ...], float]:
    """The left edge of each grid column, and the whole width."""
    x = 0.0
    lefts = []
    for column in range(placing.columns):
        x += 2 * _EDGE + _count(gutters, column) * LANE
        lefts.append(x)
        x += placing.width
    return tuple(lefts), x + 2 * _EDGE + _count(gutters, placing.columns) * LANE


def _gutter_x(gutter: int, lane: int, picture: Picture) -> float:
    left = picture.xs[gutter - 1] + picture.placing.width if gutter else 0.0
    return left + _EDGE + lane * LANE + LANE / 2


def _points(way: _Way, spots: Mapping[str, Spot], picture: Picture, gutters: _Lanes, channels: _Lanes) -> Route:
    source, target = spots[way.link.source], spots[way.link.target]
    net = way.link.target
    y1, y2 = _ends(way, spots, picture.ys)
    x1, x2 = (_gutter_x(gutter, gutters[gutter, net], picture) for gutter in (way.start, way.end))
    points = [(_side(source, way.start, picture), y1), (x1, y1)]
    if way.channel is not None:
        y = _channel_y(way.channel, channels[way.channel, net], picture.placing, picture.ys, channels)
        points += [(x1, y), (x2, y)]
    points += [(x2, y2), (_side(target, way.end, picture), y2)]
    return Route(way.link, tuple(_simple(points)))


def _side(spot: Spot, gutter: int, picture: Picture) -> float:
    return picture.xs[spot.column] + (picture.placing.width if gutter > spot.column else 0)


def _simple(points: list[Point]) -> Iterable[Point]:
    """The points without repeated ones."""
    yield points[0]
    for before, after in pairwise(points):
        if before != after:
            yield after
