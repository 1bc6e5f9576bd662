"""Where an import comes from and goes to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks import command_line, environment
from supabase_tasks.adopt import changes, pyproject
from supabase_tasks.errors import DiffError, SettingsError
from supabase_tasks.files import from_here
from supabase_tasks.flow.importing.proving import ImportResult
from supabase_tasks.settings import Settings

DEFAULT_PACKAGE = "db.schema"


@dataclass(frozen=True, slots=True)
class Place:
    """The package's dotted name and the folder for plain SQL, relative to the project's root."""

    package: str
    sql: str


def choose(settings: Settings, package: str, sql: str) -> Place:
    """The place to write to: as said, else as set, else `db.schema` with `db/sql` next to it.

    Raises `SettingsError` for a name that Python cannot import, or that would hide what is there.
    """
    chosen = (package or settings.models or DEFAULT_PACKAGE).strip("/").replace("/", ".")
    if not all(part.isidentifier() for part in chosen.split(".")):
        raise SettingsError(
            f"{chosen!r} is not a valid package name",
            next_step=command_line.with_value("--into", "app.db.schema", "inv schema-import"),
        )
    _refuse_hiding(settings, chosen)
    parent = chosen.replace(".", "/").rpartition("/")[0]
    own = settings.models in (None, chosen)
    # The folder of other models is theirs: what lies there is declared by them.
    set_ = changes.relative(settings.sql, settings.root) if settings.sql and own else None
    default = set_ or (f"{parent}/sql" if parent and own else f"{chosen.replace('.', '/')}_sql" if not own else "sql")
    return Place(chosen, sql.rstrip("/") or default)


def _refuse_hiding(settings: Settings, package: str) -> None:
    parts = package.split(".")
    for depth in range(1, len(parts) + 1):
        module = settings.root.joinpath(*parts[:depth]).with_suffix(".py")
        if module.is_file():
            raise _hidden_module(
                f"{from_here(module)} is there: a package {'.'.join(parts[:depth])} would hide it",
                "Python imports a folder before a file of the same name",
                _free(settings, parts[: depth - 1]),
            )
    if not (settings.root / parts[0]).is_dir() and (found := _elsewhere(settings, parts[0])):
        raise _hidden_module(
            f"{parts[0]} is the name of another package: {found}",
            "one of the two would hide the other",
            _free(settings, []),
        )


def _hidden_module(message: str, cause: str, free: str) -> SettingsError:
    step = command_line.with_value("--into", free, "inv schema-import")
    return SettingsError(message, cause=cause, next_step=step, code="module-hidden")


def _elsewhere(settings: Settings, name: str) -> str | None:
    """Where Python finds `name` outside of the project."""
    import sys
    from importlib.util import find_spec

    if name in sys.stdlib_module_names:
        return "one of Python's own"
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return None
    found = spec.origin if spec else None
    return found if found and not Path(found).is_relative_to(settings.root) else None


def _free(settings: Settings, parents: Sequence[str]) -> str:
    """A package name below `parents` that nothing has."""
    above = tuple(parents) or ("db",)
    folder = settings.root.joinpath(*above)
    names = ("schema", "imported", *(f"imported_{number}" for number in range(2, 100)))
    free = next(name for name in names if not (folder / name).exists() and not (folder / f"{name}.py").exists())
    return ".".join((*above, free))


def origin(settings: Settings, source: str, url_variable: str) -> str:
    """What to read: `source`, or the URL that an environment variable holds.

    Raises `SettingsError` for a URL with a password on the command line (every user of the machine sees it there),
    `EnvironmentMissingError` for an unset variable.
    """
    if url_variable:
        return environment.load(settings).require([url_variable], "schema-import")[0]
    if "://" in source and "@" in source and ":" in source.partition("://")[2].partition("@")[0]:
        environment.register_secret(source)
        raise SettingsError(
            "a password does not belong on the command line",
            cause="other users of the machine can read it there",
            next_step=f"put the URL into the environment variable {command_line.URL_VARIABLE}, then: {_by_variable(source)}",
        )
    return source


def _by_variable(source: str) -> str:
    """The running command with the URL from the environment: `--source "$…"` would show it to the machine all the same."""
    words = command_line.typed_words() or ("inv", "schema-import")
    kept = [word for word in words if word not in ("-s", "--source", source, f"--source={source}")]
    return command_line.join(*kept, "--url-variable", command_line.URL_VARIABLE)


def apply_target(settings: Settings, place: Place) -> tuple[str, ...]:
    """Add `models` and `sql` to the settings where they are missing, so that the next task finds the import; what was
    added. Where other models are set nothing is: they would get SQL that is not theirs."""
    if settings.models not in (None, place.package):
        return ()
    has_sql = (settings.root / place.sql).is_dir()
    wanted: dict[str, pyproject.Value] = {"models": place.package, **({"sql": place.sql} if has_sql else {})}
    change = pyproject.settings_change(settings.root, wanted)
    if change is None:
        return ()
    changes.write([change])
    known = {"models": settings.models, "sql": settings.sql}
    return tuple(f'{key} = "{value}"' for key, value in wanted.items() if not known[key])


def refuse_left(imported: ImportResult) -> None:
    """Raises `DiffError` when the written models do not say all that the source has."""
    dropped = [re.match(r"DROP [A-Z ]+? ([^\s;]+);?$", text.strip()) for text in imported.left]
    if imported.left and all(dropped):
        names = [match[1].strip('"') for match in dropped if match]
        raise DiffError(
            f"the migrations drop what every Supabase project has: {', '.join(names)}",
            cause="models have no word for what is not there",
            next_step=f"add to [tool.supabase-tasks] ignore = {names!r}, then: inv schema-check".replace("'", '"'),
            code="import-incomplete",
            data={"left": list(imported.left)},
        )
    if imported.left:
        raise DiffError(
            f"the import lacks {len(imported.left)} statements or objects",
            cause="\n".join(imported.left[:10]),
            next_step="inv schema-generate --dry-run",
            code="import-incomplete",
            data={"left": list(imported.left)},
        )
    if imported.of_the_server:
        raise DiffError(
            "the models equal the source, and cannot say what belongs to its server",
            cause="\n".join(imported.of_the_server),
            next_step="write it into a migration of your own, or list it in `ignore`, "
            "then: inv schema-generate --custom --name server",
            code="import-incomplete",
            data={"left": list(imported.of_the_server)},
        )
