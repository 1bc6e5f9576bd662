from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from support.diagrams import random_schema, shop

from supabase_tasks.draw.diagram import Diagram
from supabase_tasks.draw.placing import place
from supabase_tasks.draw.routing import Picture, route

Box = tuple[float, float, float, float]
SIZES = [(1, 1), (2, 5), (7, 2), (36, 3), (36, 4), (120, 5)]


def picture(diagram: Diagram) -> Picture:
    return route(diagram, place(diagram))


def boxes(drawn: Picture) -> dict[str, Box]:
    found = {}
    for spot in drawn.placing.spots:
        x, y = drawn.corner(spot)
        found[spot.entity.name] = (x, y, x + drawn.placing.width, y + spot.height)
    return found


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize(("tables", "seed"), SIZES)
def test_no_table_overlaps_another_or_leaves_the_picture(tables: int, seed: int) -> None:
    drawn = picture(random_schema(tables, seed))
    placed = boxes(drawn)
    assert len(placed) == tables
    assert not [pair for pair in combinations(placed.values(), 2) if meet(*pair)]
    assert all(
        x >= 0 and right <= drawn.width and y >= 0 and low <= drawn.height for x, y, right, low in placed.values()
    )


@pytest.mark.parametrize(("tables", "seed"), SIZES)
def test_no_reference_runs_across_a_table(tables: int, seed: int) -> None:
    drawn = picture(random_schema(tables, seed))
    placed = boxes(drawn)
    for one in drawn.routes:
        for start, end in pairwise(one.points):
            assert start[0] == end[0] or start[1] == end[1]
            line = (min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
            assert not [name for name, box in placed.items() if meet(line, box)]


@pytest.mark.parametrize(("tables", "seed"), SIZES)
def test_every_reference_starts_at_its_row_and_ends_at_its_target(tables: int, seed: int) -> None:
    drawn = picture(random_schema(tables, seed))
    placed = boxes(drawn)
    for one in drawn.routes:
        for name, (x, y) in ((one.link.source, one.points[0]), (one.link.target, one.points[-1])):
            left, top, right, low = placed[name]
            assert x in (left, right) and top <= y <= low


@pytest.mark.parametrize(("tables", "seed"), SIZES)
def test_references_to_different_targets_never_share_a_vertical_line(tables: int, seed: int) -> None:
    spans: dict[float, list[tuple[float, float, str]]] = {}
    for one in picture(random_schema(tables, seed)).routes:
        for start, end in pairwise(one.points):
            if start[0] == end[0]:
                spans.setdefault(start[0], []).append((*sorted((start[1], end[1])), one.link.target))  # type: ignore[arg-type]
    for lines in spans.values():
        for one, other in combinations(lines, 2):
            assert one[2] == other[2] or one[1] <= other[0] or other[1] <= one[0]


def test_the_same_schema_gives_the_same_picture() -> None:
    assert picture(random_schema(36, 3)).routes == picture(random_schema(36, 3)).routes


def test_a_table_may_refer_to_itself() -> None:
    assert any(one.link.source == one.link.target for one in picture(shop()).routes)
