"""Failures of an import that libraries tell in their own words, with advice that does not help here."""

from __future__ import annotations

import ast
import gc
import pkgutil
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

from supabase_tasks.did_you_mean import nearest
from supabase_tasks.models.declaration import Origin

# Python 3.11 to 3.14, importlib and ceval; SQLAlchemy 2.0 and 2.1, sql/schema.py.
_CIRCLE = re.compile(r"cannot import name '(?P<name>[^']+)' from partially initialized module '(?P<module>[^']+)'")
_NO_NAME = re.compile(r"cannot import name '(?P<name>[^']+)' from '(?P<module>[^']+)'")
_TWICE = re.compile(r"Table '(?P<table>[^']+)' is already defined for this MetaData instance")

# SQLAlchemy, orm/mapper.py; SQLModel, main.py (get_sqlalchemy_type, and the loop over fields that calls it).
_MARKERS = ("<<<<<<<", "=======", ">>>>>>>")
_NO_KEY = re.compile(r"Mapper\[(?P<name>[^(\]]+)\S* could not assemble any primary key columns")
_NO_TYPE = re.compile(r"(?:<class '(?P<type>[^']+)'>|(?P<other>\S.*)) has no matching SQLAlchemy type")
_LOOP = ("sqlmodel", "__new__", "k")


@dataclass(frozen=True, slots=True)
class PlainCause:
    """What is wrong, in one line; more lines; and the edit that helps."""

    headline: str
    lines: tuple[str, ...]
    fix: str


def plainly(error: BaseException, origin: Origin | None) -> PlainCause | None:
    """The cause in our words, None where the exception tells it well enough. `origin` is the line that failed."""
    text = str(error)
    if isinstance(error, SyntaxError) and (error.text or "").lstrip().startswith(_MARKERS):
        return PlainCause("a conflict marker of git", ((error.text or "").rstrip(),), "keep one side of the conflict")
    if found := _CIRCLE.search(text):
        return PlainCause(
            f"circular import: {found['name']} of {found['module']} is not there yet",
            (f"{found['module']} is still being imported, and this line is part of that",),
            "move the import into the function that needs it, or below `if TYPE_CHECKING:`",
        )
    if isinstance(error, ModuleNotFoundError) and (siblings := _siblings(error)) is not None:
        near = nearest(error.name or "", siblings)
        return PlainCause(text.partition(";")[0], (f"did you mean {near!r}?",) if near else (), "correct the import")
    if isinstance(error, NameError | AttributeError) and (near := _suggestion(error, origin)):
        return PlainCause(f"{type(error).__name__}: {text}", (f"did you mean {near!r}?",), "correct the name")
    if isinstance(error, ImportError) and (meant := _meant(error)):
        return PlainCause(f"{text.partition(' (')[0]}", (f"did you mean {meant!r}?",), "correct the import")
    if found := _NO_KEY.search(text):
        fix = f"give {found['name']} a primary key: id: int | None = Field(default=None, primary_key=True)"
        return PlainCause(f"the table of {found['name']} has no primary key", (), fix)
    if found := _NO_TYPE.search(text):
        field = _field(error)
        fix = f"give {field or 'it'} a column type, as in Field(sa_type=sqlalchemy.JSON)"
        whose = f"the field {field}" if field else "a field"
        return PlainCause(
            f"{whose} has the type {found['type'] or found['other']}, for which there is no column type", (), fix
        )
    if found := _TWICE.search(text):
        others = tuple(f"also declared at {place}" for place in sorted(set(_other_places(found["table"], origin))))
        return PlainCause(
            f"the table {found['table']} is declared twice", others, "rename or remove one of the two classes"
        )
    return None


def _siblings(error: ModuleNotFoundError) -> list[str] | None:
    """The modules of the package that lacks one, by full names; None where the package itself is missing, or is a namespace, of
    which another library may bring a part (`google.cloud`)."""
    name = (error.name or "").rpartition(".")[0]
    parent = module_spec(name) if name else None
    if parent is None or parent.origin is None:
        return None
    return [f"{name}.{one.name}" for one in pkgutil.iter_modules(parent.submodule_search_locations or ())]


def meant_module(name: str, root: Path) -> str | None:
    """The hint for a name that is no module below `root`: a path written instead of it, or a misspelt last part that is there."""
    dotted = name.removesuffix(".py").strip("./").replace("/", ".")
    package, _, last = dotted.rpartition(".")
    folders = [folder / Path(*package.split(".")) if package else folder for folder in (root, root / "src")]
    inside = [one for folder in folders if folder.is_dir() for one in folder.iterdir()]
    near = nearest(
        last, [one.stem for one in inside if one.suffix == ".py" or (one.is_dir() and one.name.isidentifier())]
    )
    found = ".".join(filter(None, (package, near)))
    return f"did you mean {found!r}?" if near and found != name else None


def module_spec(name: str) -> ModuleSpec | None:
    """Where a module is, without running a line of it or of its packages: a package whose import failed is gone from
    `sys.modules`. None where there is none."""
    if (module := sys.modules.get(name)) is not None:
        return module.__spec__
    package = name.rpartition(".")[0]
    if not package:
        return PathFinder.find_spec(name)
    above = module_spec(package)
    found = above.submodule_search_locations if above else None
    return PathFinder.find_spec(name, found) if found else None


def _suggestion(error: NameError | AttributeError, origin: Origin | None) -> str | None:
    """The name that is there and most like the one that a line of the project writes. Python 3.11 prints its own suggestion and
    gives it to no program."""
    with suppress(Exception):
        *_, (frame, _) = traceback.walk_tb(error.__traceback__)
        if error.name is None or origin is None or Path(frame.f_code.co_filename) != origin.file:
            return None
        if isinstance(error, AttributeError):
            return nearest(error.name, [one for one in dir(error.obj) if one[:1] != "_"])
        return nearest(error.name, [*frame.f_locals, *frame.f_globals, *frame.f_builtins])
    return None


def _meant(error: ImportError) -> str | None:
    """The name of the module that a misspelt one is most like."""
    found = _NO_NAME.match(str(error))
    module = sys.modules.get(found["module"]) if found else None
    return nearest(found["name"], [one for one in vars(module) if one[:1] != "_"]) if found and module else None


def _field(error: BaseException) -> str | None:
    """`Class.field`, whose column SQLModel was about to make."""
    package, function, variable = _LOOP
    step = error.__traceback__
    while step is not None:
        code, names = step.tb_frame.f_code, step.tb_frame.f_locals
        if (
            code.co_name == function
            and package in Path(code.co_filename).parts
            and isinstance(names.get(variable), str)
        ):
            return f"{getattr(names.get('new_cls'), '__name__', '?')}.{names[variable]}"
        step = step.tb_next
    return None


def _other_places(table: str, origin: Origin | None) -> Iterator[str]:
    """Where other classes of the table are, as `file:line`. Those in memory tell which files to look into."""
    for kind in gc.get_objects():
        if isinstance(kind, type) and _full_name(kind) == table:
            spec = module_spec(kind.__module__) if origin else None
            file = spec.origin if spec and spec.origin else ""
            for line in _lines(file, kind.__name__):
                if origin is None or (Path(file), line) != (origin.file, origin.line):
                    yield f"{file}:{line}"


def _full_name(kind: type) -> str | None:
    return getattr(kind.__dict__.get("__table__"), "fullname", None)


def _lines(file: str, name: str) -> list[int]:
    with suppress(OSError, SyntaxError, UnicodeDecodeError):
        tree = ast.parse(Path(file).read_text(encoding="utf-8-sig"))
        return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == name]
    return []
