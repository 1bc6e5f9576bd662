"""How a stand-in extension keeps what only code in C can parse: as numbers that PostgreSQL's own code takes, and back.

PostGIS's type modifiers (`geometry(Point,4326)`) become one number (stored as that of `varbit` is), pgvector's index parameters
(`m`, `ef_construction`, `lists`) options of contrib's bloom method, whose handler the stand-in index methods have. What is read
from a database is read back here, so that a change of a modifier or a parameter is a change, and nothing shows a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# As PostGIS prints them; the place is part of what is stored.
_SHAPES = (
    "Geometry",
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
    "CircularString",
    "CompoundCurve",
    "CurvePolygon",
    "MultiCurve",
    "MultiSurface",
    "PolyhedralSurface",
    "Tin",
    "Triangle",
)
_DIMENSIONS = ("", "Z", "M", "ZM")
_PER_SRID = len(_SHAPES) * len(_DIMENSIONS)
_MOST_SRID = 999_999
# geography without an SRID is WGS 84.
_WGS84 = 4326

SHAPES = tuple(shape.lower() for shape in _SHAPES)
# pgvector 0.8: the option of bloom that holds a parameter, and the values that pgvector takes.
_OPTIONS = {"m": "col30", "ef_construction": "col31", "lists": "col28"}
_RANGES = {"m": (2, 100), "ef_construction": (4, 1000), "lists": (1, 32768)}
# An option of bloom goes to 4095; ivfflat's lists go further and have a second one.
_LISTS_AGAIN, _STEP = "col29", 4000
_NAMES = {option: name for name, option in _OPTIONS.items()}

_MODIFIER = re.compile(r"(?<![\w$])(geometry|geography)(\"?\s*)\((\d+)\s*\)", re.IGNORECASE)
_METHOD = r"USING \"?(?:hnsw|ivfflat)\"? "
_WITH = re.compile(rf"({_METHOD}.*? WITH \()([^()]*)(\))", re.DOTALL)
_OPTION = re.compile(r"\b(col(?:28|29|30|31))\s*=\s*('?)(\d+)\2")


def modifier(kind: str, shape: str, dimensions: str, srid: int | None) -> int | None:
    """The number that stands for `kind(shape, srid)`, such as `geography(PointZ, 4326)`; None for an impossible SRID."""
    known = 0 if srid is None or (kind.lower() == "geography" and srid == _WGS84) else srid
    if known > _MOST_SRID:
        return None
    place = SHAPES.index(shape.lower()) * len(_DIMENSIONS) + _DIMENSIONS.index(dimensions.upper())
    return known * _PER_SRID + place + 1


def options(name: str, value: int) -> dict[str, int] | None:
    """The options that hold pgvector's index parameter `name`; None for a value that pgvector refuses."""
    least, most = _RANGES[name]
    if not least <= value <= most:
        return None
    if name != "lists" or value <= _STEP:
        return {_OPTIONS[name]: value}
    return {_OPTIONS[name]: (value - 1) % _STEP + 1, _LISTS_AGAIN: (value - 1) // _STEP}


def option_names(name: str) -> tuple[str, ...]:
    """The options that may hold the parameter `name`, the one for small values first."""
    return (_OPTIONS[name], _LISTS_AGAIN) if name == "lists" else (_OPTIONS[name],)


def read_back(text: str) -> str:
    """SQL that PostgreSQL has printed, with the modifiers and parameters that its numbers stand for."""
    text = _MODIFIER.sub(_modifier_text, text)
    return _WITH.sub(lambda match: match[1] + _parameters(match[2]) + match[3], text) if "col" in text else text


def value_reader() -> Callable[[object], object]:
    """A function that reads one value of a catalog row back: a text, or an array of texts."""

    def read(value: object) -> object:
        if isinstance(value, str):
            return read_back(value)
        if isinstance(value, list):
            return _elements(value)
        return value

    return read


def _elements(values: list[object]) -> list[object]:
    texts = [value for value in values if isinstance(value, str)]
    if any(_OPTION.fullmatch(text) for text in texts):
        return [*filter(None, _parameters(",".join(texts)).split(","))]
    return [read_back(value) if isinstance(value, str) else value for value in values]


def _modifier_text(match: re.Match[str]) -> str:
    number = int(match[3]) - 1
    if not number and match[1].lower() == "geometry":
        # Any shape and no SRID: PostGIS prints no modifier.
        return match[1] + match[2].rstrip()
    srid, place = divmod(number, _PER_SRID)
    shape, dimensions = divmod(place, len(_DIMENSIONS))
    if not srid and match[1].lower() == "geography":
        srid = _WGS84
    name = _SHAPES[shape] + _DIMENSIONS[dimensions]
    return f"{match[1]}{match[2]}({name},{srid})" if srid else f"{match[1]}{match[2]}({name})"


def _parameters(text: str) -> str:
    again = next((int(match[3]) for match in _OPTION.finditer(text) if match[1] == _LISTS_AGAIN), 0)

    def named(match: re.Match[str]) -> str:
        if match[1] == _LISTS_AGAIN:
            return ""
        value = int(match[3]) + (again * _STEP if match[1] == _OPTIONS["lists"] else 0)
        return f"{_NAMES[match[1]]}={match[2]}{value}{match[2]}"

    # The second option of lists leaves a comma behind, wherever it stood.
    return re.sub(r",\s*(?=,|$)|^\s*,\s*", "", _OPTION.sub(named, text))
