"""Where an import comes from and goes to."""

from __future__ import annotations

from dataclasses import dataclass

from supabase_tasks import environment
from supabase_tasks.adopt import changes, pyproject
from supabase_tasks.errors import DiffError, SettingsError
from supabase_tasks.flow.importing.run import Imported
from supabase_tasks.settings import Settings

DEFAULT_PACKAGE = "db.schema"


@dataclass(frozen=True, slots=True)
class Place:
    """The package's dotted name and the folder for plain SQL, relative to the project's root."""

    package: str
    sql: str


def choose(settings: Settings, package: str, sql: str) -> Place:
    """The place to write to: as said, else as set, else `db.schema` with `db/sql` next to it.

    Raises `SettingsError` for a name that Python cannot import.
    """
    chosen = (package or settings.models or DEFAULT_PACKAGE).strip("/").replace("/", ".")
    if not all(part.isidentifier() for part in chosen.split(".")):
        raise SettingsError(f"{chosen!r} is no name of a package", next_step="inv schema-import --into app.db.schema")
    parent = chosen.replace(".", "/").rpartition("/")[0]
    default = changes.relative(settings.sql, settings.root) if settings.sql else f"{parent}/sql" if parent else "sql"
    return Place(chosen, sql.rstrip("/") or default)


def origin(settings: Settings, source: str, url_variable: str) -> str:
    """What to read: `source`, or the URL that an environment variable holds.

    Raises `SettingsError` for a URL with a password on the command line (every user of the machine sees it there),
    `EnvironmentMissingError` for an unset variable.
    """
    if url_variable:
        return environment.load(settings).require([url_variable], "schema-import")[0]
    if "://" in source and "@" in source and ":" in source.partition("://")[2].partition("@")[0]:
        raise SettingsError(
            "a password does not belong on the command line",
            cause="other users of the machine can read it there",
            next_step="export SOURCE_URL=… and inv schema-import --url-variable SOURCE_URL",
        )
    return source


def settle(settings: Settings, place: Place) -> None:
    """Add `models` and `sql` to the settings where they are missing, so that the next task finds the import."""
    has_sql = (settings.root / place.sql).is_dir()
    wanted: dict[str, pyproject.Value] = {"models": place.package, **({"sql": place.sql} if has_sql else {})}
    change = pyproject.settings_change(settings.root, wanted)
    if change is not None:
        changes.write([change])


def refuse_left(imported: Imported) -> None:
    """Raises `DiffError` when the written models do not say all that the source has."""
    if imported.left:
        raise DiffError(
            f"the import lacks {len(imported.left)} statements or objects",
            cause="\n".join(imported.left[:10]),
            next_step="inv schema-generate --dry-run shows them; add them to the models or to the SQL folder",
            code="import-incomplete",
            data={"left": list(imported.left)},
        )
