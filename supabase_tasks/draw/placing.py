"""Where each table stands: groups in bands, tables in the columns of one grid, so that nothing overlaps.

All tables are equally wide. The gutters between the columns run free from top to bottom, the channels between the
bands from left to right: references travel there and never across a table (see `routing`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from supabase_tasks.draw.diagram import Diagram, Entity

ROW, HEAD, FOOT = 20, 32, 8
GAP = 26
CHAR = 7.0
_NARROWEST, _WIDEST = 190, 330
_RATIO = 1.5


@dataclass(frozen=True, slots=True)
class Spot:
    """A table's place: grid column, band, and the distance of its top from its band's top."""

    entity: Entity
    column: int
    band: int
    offset: int

    @property
    def height(self) -> int:
        return height(self.entity)


@dataclass(frozen=True, slots=True)
class Frame:
    """A group's place: its first grid column, how many, its band and its height."""

    group: str
    column: int
    columns: int
    band: int
    height: int
    external: bool


@dataclass(frozen=True, slots=True)
class Placing:
    """Every table and group on the grid. `bands` holds each band's height, `width` that of every table."""

    spots: tuple[Spot, ...]
    frames: tuple[Frame, ...]
    columns: int
    bands: tuple[int, ...]
    width: int


def height(entity: Entity) -> int:
    """The height of a table's box."""
    return HEAD + ROW * len(entity.columns) + FOOT


def place(diagram: Diagram) -> Placing:
    """The grid for a diagram: deterministic, about one and a half times as wide as high."""
    width = _width(diagram)
    blocks = [_Block(group, entities, width) for group, entities in diagram.groups.items()]
    area = sum(block.columns * block.height for block in blocks) * width
    wanted = max(1, round(math.sqrt(area * _RATIO) / (width + GAP)))
    columns = max([wanted, *(block.columns for block in blocks)])
    bands = _shelves(sorted(blocks, key=lambda block: (-block.height, block.group)), columns)
    spots: list[Spot] = []
    frames: list[Frame] = []
    for index, band in enumerate(bands):
        first = 0
        for block in band:
            frames.append(Frame(block.group, first, block.columns, index, block.height, block.external))
            spots += [Spot(entity, first + column, index, offset) for entity, column, offset in block.placed]
            first += block.columns
    used = max((frame.column + frame.columns for frame in frames), default=1)
    heights = tuple(max(block.height for block in band) for band in bands)
    return Placing(tuple(spots), tuple(frames), used, heights, width)


class _Block:
    """One group, its tables in columns of about equal height."""

    def __init__(self, group: str, entities: Sequence[Entity], width: int) -> None:
        self.group = group
        self.external = entities[0].external
        total = sum(height(entity) + GAP for entity in entities)
        self.columns = max(1, min(len(entities), round(math.sqrt(total / width))))
        heights = [0] * self.columns
        self.placed: list[tuple[Entity, int, int]] = []
        for entity in sorted(entities, key=lambda one: (-height(one), one.name)):
            column = heights.index(min(heights))
            self.placed.append((entity, column, heights[column]))
            heights[column] += height(entity) + GAP
        self.height = max(heights) - GAP


def _shelves(blocks: Sequence[_Block], columns: int) -> list[list[_Block]]:
    """First fit: each block goes into the first band that has room for its columns."""
    bands: list[list[_Block]] = []
    for block in blocks:
        fitting = (band for band in bands if sum(one.columns for one in band) + block.columns <= columns)
        band = next(fitting, None)
        if band is None:
            bands.append([block])
        else:
            band.append(block)
    return bands


def _width(diagram: Diagram) -> int:
    widest = max(
        (len(c.name) + len(c.type) + 5 for entity in diagram.entities for c in entity.columns),
        default=0,
    )
    names = max((len(entity.name) + 7 for entity in diagram.entities), default=0)
    return int(min(_WIDEST, max(_NARROWEST, widest * CHAR + 20, names * CHAR * 1.08)))
