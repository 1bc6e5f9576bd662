"""What a stand-in cannot parse and the tool writes otherwise before the server sees it.

Two things need code in C: the storage parameters of pgvector's index methods (`WITH (m = 16, …)`) and PostGIS's type
modifiers (`geometry(Point, 4326)`). Both are written as the numbers that stand for them (`standin_numbers`), quoted or not,
also in strings that a DO block or a function executes; a shorter text is filled up with spaces, so that error positions stay
right. The ledger table keeps the author's text. Nothing is changed where the server has the real extension.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from supabase_tasks import standin_numbers

_INDEX_METHOD = re.compile(r"\busing\s+\"?(?:hnsw|ivfflat)\b|\balter\s+index\b", re.IGNORECASE)
# A value may be quoted, also doubly so within a string, or be put in by format().
_PARAMETER = r"\"?\b(?:m|ef_construction|lists)\b\"?\s*=\s*(?:'{0,2}\d+'{0,2}|%\w+)"
_SET = re.compile(rf"(\b(?:with|set)\s*\(\s*)({_PARAMETER}(?:\s*,\s*{_PARAMETER})*)(\s*\))", re.IGNORECASE)
_NAME = r"\"?\b(?:m|ef_construction|lists)\b\"?"
_RESET = re.compile(rf"(\breset\s*\(\s*)({_NAME}(?:\s*,\s*{_NAME})*)(\s*\))", re.IGNORECASE)
_ONE = re.compile(r"\"?\b(m|ef_construction|lists)\b\"?\s*=\s*('{0,2})(\d+|%\w+)'{0,2}", re.IGNORECASE)
_MODIFIER = re.compile(
    # After FUNCTION it is one of that name, and the rest are types of arguments.
    r"(?:\b(?P<routine>(?:function|routine)\s+(?:if\s+exists\s+)?(?:\"?[\w$]+\"?\s*\.\s*)?\"?)|(?<![\w$]))(?P<kind>geometry|geography)(?P<open>\"?\s*\(\s*)(?P<text>[\"']{0,2}(?P<shape>"
    + "|".join(sorted(standin_numbers.SHAPES, key=len, reverse=True))
    + r")(?P<dimensions>zm|z|m)?[\"']{0,2}\s*(?:,\s*(?P<srid>-?\d+)\s*)?)\)",
    re.IGNORECASE,
)


def may_need(statement: str) -> bool:
    """Whether `rewrite` would change this statement where `vector` and `postgis` are stand-ins."""
    return _INDEX_METHOD.search(statement) is not None or _MODIFIER.search(statement) is not None


def rewrite(statement: str, standins: Collection[str]) -> str:
    """`statement` as a server can take it whose extensions named in `standins` are stand-ins."""
    if "vector" in standins and _INDEX_METHOD.search(statement):
        statement = _SET.sub(_options, statement)
        statement = _RESET.sub(_option_names, statement)
    if "postgis" in standins:
        statement = _MODIFIER.sub(_number, statement)
    return statement


def _options(match: re.Match[str]) -> str:
    found = []
    for name, quote, value in _ONE.findall(match[2]):
        if value.isdigit():
            # What pgvector refuses is left as it is, and refused.
            known = standin_numbers.options(name.lower(), int(value))
            if known is None:
                return match[0]
            found += [f"{option}={number}" for option, number in known.items()]
        else:
            found.append(f"{standin_numbers.option_names(name.lower())[0]}={quote}{value}{quote}")
    return match[1] + ",".join(found).ljust(len(match[2])) + match[3]


def _option_names(match: re.Match[str]) -> str:
    names = re.findall(r"\w+", match[2])
    text = ",".join(option for name in names for option in standin_numbers.option_names(name.lower()))
    return match[1] + text.ljust(len(match[2])) + match[3]


def _number(match: re.Match[str]) -> str:
    if match["routine"]:
        return match[0]
    # PostGIS takes a negative one for an unknown one.
    srid = int(match["srid"]) if match["srid"] and int(match["srid"]) > 0 else None
    number = standin_numbers.modifier(match["kind"], match["shape"], match["dimensions"] or "", srid)
    if number is None:
        return match[0]
    # Lines stay where they are too.
    text = str(number) + re.sub(r"[^\n]", " ", match["text"])[len(str(number)) :]
    return f"{match['kind']}{match['open']}{text})"
