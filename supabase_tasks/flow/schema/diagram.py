"""`schema-diagram`: the models as pictures, written or held against the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks import command_line, wording
from supabase_tasks.errors import SettingsError, TaskError
from supabase_tasks.files import GeneratedFile
from supabase_tasks.flow.schema.preconditions import require_models
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.draw.diagram import Diagram
    from supabase_tasks.models.declaration import Models

# Fewer on average, and the modules say less than the packages they are in.
_TABLES_PER_MODULE = 3
DEFAULT = ("docs/schema.md", "docs/schema.html")
COMPARED = ("schema-diff.html",)


class StaleError(TaskError):
    """A drawn file is not what the models say."""


def draw(settings: Settings, outputs: Sequence[str], side: str = "") -> tuple[GeneratedFile, ...]:
    """The drawings for the wanted files; their suffix says how: `.md` (Mermaid), `.svg` or `.html`. With `side` (as in
    `schema-diff --from`) they show what the models change of it.

    Raises `SettingsError` for another suffix, `ModelsError` when the models cannot be loaded, and what reading `side` raises.
    """
    require_models(settings)
    paths = [(settings.root / output).resolve() for output in outputs]
    painters = [_painter(path) for path in paths]
    diagram = _compare(settings, side) if side else _diagram(settings)
    title = f"{settings.project}: schema"
    return tuple(GeneratedFile.at(path, paint(diagram, title)) for path, paint in zip(paths, painters, strict=True))


def too_large(drawings: Sequence[GeneratedFile]) -> tuple[str, ...]:
    """What Mermaid would not draw of these files: the file's name, the picture and its size."""
    from supabase_tasks.draw import mermaid

    markdown = [drawing for drawing in drawings if drawing.path.suffix == ".md"]
    return tuple(f"{drawing.path.name}: {found}" for drawing in markdown for found in mermaid.too_large(drawing.after))


def refuse_stale(drawings: Sequence[GeneratedFile], *, all_wanted: bool) -> None:
    """Raises `StaleError` naming every file that is not what the models say, and every one that is missing: of files that
    are not `all_wanted` (the default ones) only when none is there."""
    missing = [drawing.path for drawing in drawings if drawing.before is None]
    stale = [drawing.path for drawing in drawings if drawing.stale and drawing.before is not None]
    if missing and (all_wanted or len(missing) == len(drawings)):
        raise StaleError(
            f"not drawn yet: {', '.join(path.name for path in missing)}",
            next_step="inv schema-diagram",
            code="not-drawn",
            data={"missing": [str(path) for path in missing], "stale": [str(path) for path in stale]},
        )
    if stale:
        number = f"{len(stale)} of {wording.count(len(drawings), 'drawing')} {'is' if len(stale) == 1 else 'are'} stale"
        raise StaleError(
            f"{number}: {', '.join(path.name for path in stale)}",
            cause="the models changed since they were drawn",
            next_step="inv schema-diagram",
            data={"stale": [str(path) for path in stale]},
        )


def _painter(path: Path) -> Callable[[Diagram, str], str]:
    from supabase_tasks.draw import diagram_page, mermaid, svg

    painters = {".md": mermaid.markdown, ".svg": svg.document, ".html": diagram_page.page}
    if path.suffix not in painters:
        raise SettingsError(
            f"cannot draw {path.suffix or path.name} files",
            cause=f"known endings: {', '.join(painters)}",
            next_step=command_line.join("inv", "schema-diagram", "--output", str(path.with_suffix(".svg"))),
        )
    return painters[path.suffix]


def _diagram(settings: Settings) -> Diagram:
    from supabase_tasks.draw import diagram
    from supabase_tasks.flow.schema import diagram_facts
    from supabase_tasks.models import loading

    models = loading.load(settings)
    names, external = _names(models)
    details, others = diagram_facts.of_models(models)
    return diagram.read(
        models.metadata,
        groups=_groups(models, names, external),
        external=external,
        policies=_policies(models, names),
        details=details,
        others=others,
    )


def _compare(settings: Settings, side: str) -> Diagram:
    from supabase_tasks.flow.schema import diagram_sides

    return diagram_sides.compare(settings, side, lambda models: _groups(models, *_names(models)))


def _names(models: Models) -> tuple[dict[str, str], frozenset[str]]:
    """The schema of each table by its name, and which tables are the platform's."""
    from supabase_tasks.draw.diagram import name_of

    names = {name_of(table): table.schema or "public" for table in models.metadata.tables.values()}
    return names, frozenset(name for name, schema in names.items() if schema in PLATFORM_SCHEMAS)


def _groups(models: Models, names: dict[str, str], external: frozenset[str]) -> dict[str, str]:
    """Each table's group: the module that declares it; its package where most modules declare one or two tables; its
    schema where one module declares all."""
    origins = {name: models.table_origin(*name.split(".", 1)) for name in names if name not in external}
    names = {name: f"{schema} (platform)" if name in external else schema for name, schema in names.items()}
    files = {name: origin.file for name, origin in origins.items() if origin is not None}
    folders = {file.parent for file in files.values()}
    crowded = len(set(files.values())) * _TABLES_PER_MODULE > len(files)
    places = {name: file.parent if crowded and len(folders) > 1 else file for name, file in files.items()}
    if len(set(places.values())) < 2:
        return names
    stems = Counter(place.stem for place in set(places.values()))
    shown = {
        name: place.stem if stems[place.stem] == 1 else f"{place.parent.name}/{place.stem}"
        for name, place in places.items()
    }
    return {**names, **shown}


def _policies(models: Models, names: dict[str, str]) -> dict[str, int]:
    """How many policies each table with row level security has."""
    secured = {".".join(item.identity[:2]) for item in models.declarations if item.kind == "row_level_security"}
    counted = Counter(".".join(item.identity[:2]) for item in models.declarations if item.kind == "policy")
    secured |= {name for name, schema in names.items() if schema in models.exposed_schemas}
    return {name: counted[name] for name in names if name in secured or name in counted}
