"""The whole history as the rules see it: every file's statements, and the database they leave behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from supabase_tasks import api_schemas, supabase_config
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.lint.catalog import Catalog, follow
from supabase_tasks.lint.source import Source
from supabase_tasks.lint.statements import ParsedFile, Statement, parse
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS
from supabase_tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class History:
    """`files` as parsed, `run`: per file every statement that runs, those of DO blocks included, `catalog`: what is
    there afterwards, `exposed`: the project's own schemas that the API serves."""

    files: tuple[ParsedFile, ...]
    run: tuple[tuple[Statement, ...], ...]
    catalog: Catalog
    exposed: frozenset[str]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement of every file, in order."""
        return tuple(statement for statements in self.run for statement in statements)


def read(settings: Settings, files: Sequence[MigrationFile]) -> History:
    """Parse and follow `files` in their order.

    Raises `SettingsError` for a broken config.toml and `MigrationError` for a file that cannot be read.
    """
    auto_expose = settings.config_toml.is_file() and supabase_config.load(settings).auto_expose
    sources = [Source(file.path, file.text) for file in files]
    return build(sources, api_schemas.names(settings), auto_expose=auto_expose)


def build(sources: Sequence[Source], exposed: Sequence[str] = ("public",), *, auto_expose: bool = False) -> History:
    """The history of `sources`. `exposed` are the API's schemas; those of the platform are left out."""
    parsed = tuple(parse(source) for source in sources)
    catalog, run = follow(parsed, auto_expose=auto_expose)
    return History(parsed, run, catalog, frozenset(exposed).difference(PLATFORM_SCHEMAS))
