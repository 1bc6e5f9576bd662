"""Why the models cannot be imported: the cause in one line, and what the environment lacked."""

from __future__ import annotations

import linecache
import os
import re
import traceback
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import evidence
from supabase_tasks.models.declaration import Origin
from supabase_tasks.models.import_causes import meant_module, module_spec, plainly
from supabase_tasks.models.import_trace import EVERY_VARIABLE, ImportTrace
from supabase_tasks.models.language.base import wrong
from supabase_tasks.settings import Settings

# Lines of an exception's text that say nothing about the cause.
_NOISE = re.compile(r"For further information visit |\(Background on this error at: ")

# A settings module of an application reads dozens that have defaults.
_SHOWN_VARIABLES = 10
# Of more of them none is likely to be the cause.
_FEW = 3
_CAPITALS = re.compile(r"(?<!\w)[A-Z][A-Z0-9_]{2,}(?!\w)")
# Files that only show which variables there are.
_PATTERNS = re.compile(r"\.(?:example|sample|template|dist|schema|vault|keys)$")


def import_error(name: str, settings: Settings, trace: ImportTrace, error: BaseException) -> ModelsError:
    """The failure of `import name`, with the deepest line of the project in the traceback; its headline is the cause."""
    origin = _place(error, settings.root)
    shown = "".join(traceback.format_exception_only(error)).strip()
    causes = list(_causes(error))
    absent = next((one for one in (error, *causes) if isinstance(one, ModuleNotFoundError)), None)
    missing = absent.name if absent else None
    if origin is None and missing is not None and (name == missing or name.startswith(f"{missing}.")):
        return ModelsError(
            f"{settings.place('models')}the models' module {name!r} does not exist below {settings.root}",
            cause="\n".join(filter(None, (shown, meant_module(name, settings.root)))),
            next_step="correct models in [tool.supabase-tasks] of pyproject.toml",
            code="models-import",
        )
    certain = list(dict.fromkeys([*_missing_variables(error), *_named_in_text(error, trace)]))
    certain = certain or list(dict.fromkeys(_with_prefix(settings, error, trace)))
    unset = certain or _unset(trace, error)
    next_step = (
        f"install {_outermost(missing)!r} or correct the import" if missing else _edit(settings, error, trace, unset)
    )
    next_step = _export(settings, certain) if certain else f"{next_step}, then run it again"
    plain = plainly(error, origin)
    headline = plain.headline if plain else _headline(absent or error, certain)
    failure = wrong(origin, f"{name} cannot be imported: {headline}", plain.fix if plain else next_step)
    told = list(plain.lines) if plain else _beyond(headline, shown)
    told += [f"caused by {line}" for one in causes if (line := _headline(one, [])) not in headline]
    failure.cause, failure.code = "\n".join([*told, *_explanations(settings, unset)]) or None, "models-import"
    failure.data["unset_variables"] = unset
    return failure


def _edit(settings: Settings, error: BaseException, trace: ImportTrace, unset: list[str]) -> str:
    """What helps where no exception says that a variable is missing: it may be one that the failing lines name, or one of few
    that were read and are not set."""
    if isinstance(error, SyntaxError | ImportError | NameError):
        return "correct the file"
    text = _failing_lines(error, trace)
    near = [name for name in _read_and_unset(trace) if _is_word_of(name, text)]
    suspects = near or (unset if len(unset) <= _FEW else [])
    return f"{_export(settings, suspects)}, or correct the file" if suspects else "correct the file"


def _failing_lines(error: BaseException, trace: ImportTrace) -> str:
    frames = [one for one in traceback.extract_tb(error.__traceback__) if trace.owns(Path(one.filename))]
    lines = (linecache.getlines(one.filename)[(one.lineno or 1) - 1 : one.end_lineno] for one in frames[-1:])
    return "".join("".join(some) for some in lines)


def _outermost(module: str) -> str:
    """The outermost package of a missing module that is not there."""
    parts = module.split(".")
    names = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return next((name for name in names if module_spec(name) is None), module)


def _beyond(headline: str, shown: str) -> list[str]:
    """The lines of the exception that the headline does not say."""
    return [line for line in shown.splitlines() if line.split(": ", 1)[-1].strip() not in headline]


def _place(error: BaseException, root: Path) -> Origin | None:
    """The deepest line of the project in the traceback."""
    if isinstance(error, SyntaxError) and error.filename:
        return Origin(Path(error.filename), error.lineno or 1)
    trace = ImportTrace(root)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if trace.owns(Path(frame.filename))]
    ours = Path(__file__).parent
    own = [frame for frame in frames if Path(frame.filename).parent != ours]
    return Origin(Path(own[-1].filename), own[-1].lineno or 1) if own else None


def _headline(error: BaseException, variables: list[str]) -> str:
    """The exception's kind and what it says, on one line."""
    if variables and isinstance(error, KeyError):
        return f"the environment variable {variables[0]} is not set"
    if details := _details(error):
        return f"{type(error).__name__} of {getattr(error, 'title', '?')}: " + "; ".join(details)
    lines = [line for line in traceback.format_exception_only(error) if line.strip()]
    if isinstance(error, SyntaxError):
        return lines[-1].strip()
    said = [line.strip() for line in str(error).splitlines() if line.strip() and not _NOISE.search(line)]
    return f"{type(error).__name__}: {said[0]}" if said else type(error).__name__


# pydantic is none of ours, and its errors differ from release to release.
def _details(error: Any) -> list[str]:
    """`field: what is wrong with it` for each of a validation error's findings."""
    if not callable(getattr(error, "errors", None)):
        return []
    with suppress(Exception):
        return [f"{'.'.join(map(str, one['loc'])) or '(whole)'}: {one['msg']}" for one in error.errors()]
    return []


def _missing_variables(error: BaseException) -> Iterator[str]:
    """The names of the variables whose absence is the cause: of a KeyError of `os.environ`, of pydantic's settings."""
    for one in _chain(error):
        last = traceback.extract_tb(one.__traceback__)[-1:]
        place = (Path(last[0].filename).name, last[0].name) if last else None
        # `os` may be frozen into the interpreter.
        if isinstance(one, KeyError) and place in (("os.py", "__getitem__"), ("<frozen os>", "__getitem__")):
            # Behind it stands the same one, of the bytes that the system knows the variable by.
            yield from (name for name in one.args[:1] if isinstance(name, str))
        kind = _settings_class(one)
        for found in _absent(one) if kind is not None else ():
            yield _variable(kind, [str(part) for part in found])


def _named_in_text(error: BaseException, trace: ImportTrace) -> Iterator[str]:
    """Variables that were read, are not set, and that an exception names: so do starlette's `Config`, environs, python-decouple,
    and whoever raises an exception of their own."""
    for name in _read_and_unset(trace):
        if any(_is_word_of(name, str(one)) for one in _chain(error)):
            yield name


def _with_prefix(settings: Settings, error: BaseException, trace: ImportTrace) -> Iterator[str]:
    """Variables of the dotenv files that are not set and end in a name that an exception says: a library that reads the whole
    environment (dynaconf) knows its settings without the prefix that their variables have."""
    if EVERY_VARIABLE not in trace.variables:
        return
    words = {word for one in _chain(error) for word in _CAPITALS.findall(str(one))}
    for _, known in _dotenv_files(settings):
        ending = (name for name in known if any(name == word or name.endswith(f"_{word}") for word in words))
        yield from (name for name in ending if name not in os.environ)


def _is_word_of(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _read_and_unset(trace: ImportTrace) -> list[str]:
    return sorted(name for name in trace.variables - {EVERY_VARIABLE} if name not in os.environ)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """What an exception was raised from, as its author says (`raise … from …`)."""
    while (cause := error.__cause__) is not None:
        yield cause
        error = cause


def _absent(error: Any) -> list[tuple[Any, ...]]:
    with suppress(Exception):
        return [tuple(one["loc"]) for one in error.errors() if one["type"] in ("missing", "value_error.missing")]
    return []


def _settings_class(error: BaseException) -> Any:
    """The `BaseSettings` class whose instance could not be made, found in the traceback."""
    if not callable(getattr(error, "errors", None)):
        return None
    values = (value for frame, _ in traceback.walk_tb(error.__traceback__) for value in list(frame.f_locals.values()))
    kinds = [type(value) for value in values if any(base.__name__ == "BaseSettings" for base in type(value).__mro__)]
    # Those of other settings make theirs, and only one of them failed.
    title = getattr(error, "title", None)
    return next((kind for kind in kinds if kind.__name__ == title), kinds[0] if kinds else None)


def _variable(kind: Any, place: list[str]) -> str:
    config = getattr(kind, "model_config", {})
    fields = getattr(kind, "model_fields", {})
    prefix = config.get("env_prefix") or "" if place[0] in fields else ""
    delimiter = config.get("env_nested_delimiter")
    name = prefix + (delimiter.join(place) if delimiter else place[0])
    return name if config.get("case_sensitive") else name.upper()


def _unset(trace: ImportTrace, error: BaseException) -> list[str]:
    """Variables that are not set, were read, and are named in the project's own files."""
    failed = [frame.filename for one in _chain(error) for frame in traceback.extract_tb(one.__traceback__)]
    files = [Path(name) for name in failed] + list(evidence.own_modules())
    own = {path for path in files if trace.owns(path) and path.is_file()}
    text = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(own))
    return [name for name in _read_and_unset(trace) if _is_word_of(name, text)]


def _explanations(settings: Settings, unset: list[str]) -> list[str]:
    if not unset:
        return []
    lines = [f"environment variables that were read and are not set: {_some(unset)}"]
    files = _holding(settings, unset)
    if settings.env_files or files:
        held = [name for name in unset if any(name in names for names in files.values())]
        unset_where = (
            f" ({_some(held)} {'stands' if len(held) == 1 else 'stand'} in {', '.join(files)})" if files else ""
        )
        lines.append(
            f"env_files are for the targets; the models' import sees the process environment only{unset_where}"
        )
    return lines


def _some(names: list[str]) -> str:
    more = len(names) - _SHOWN_VARIABLES
    return ", ".join([*names[:_SHOWN_VARIABLES], f"{more} more"] if more > 1 else names)


def _holding(settings: Settings, names: list[str]) -> dict[str, list[str]]:
    """The dotenv files that hold some of `names`, and which."""
    held = ((file, [name for name in names if name in known]) for file, known in _dotenv_files(settings))
    return {file: some for file, some in held if some}


def _dotenv_files(settings: Settings) -> Iterator[tuple[str, Collection[str]]]:
    """The variables of each dotenv file of the settings and of the project's folder."""
    from dotenv import dotenv_values

    others = sorted(path.name for path in settings.root.glob(".env*") if not _PATTERNS.search(path.name))
    for file in dict.fromkeys([*settings.env_files, *others]):
        with suppress(OSError, UnicodeDecodeError):
            yield file, dotenv_values(settings.root / file, interpolate=False).keys()


def _export(settings: Settings, names: list[str]) -> str:
    held = _holding(settings, names)
    if not held:
        return f"set {', '.join(names)} in the environment"
    file = next(iter(held))
    rest = [name for name in names if name not in held[file]]
    load = f"load {file} into the environment: set -a; . ./{file}; set +a"
    return f"{load}, and set {', '.join(rest)}" if rest else load
