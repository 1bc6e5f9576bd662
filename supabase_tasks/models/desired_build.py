"""The desired database in two steps: begun before the models are known, finished with their statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from supabase_tasks.errors import ModelsError
from supabase_tasks.files import digest
from supabase_tasks.models import desired, speculation
from supabase_tasks.models.declaration import Statement
from supabase_tasks.postgres import Server
from supabase_tasks.settings import Settings


class DesiredBuild:
    """A clone of the platform that becomes what the models declare: `database`, with a migrator's `connection` to it.

    The caller closes it, and drops the database.
    """

    def __init__(self, server: Server, settings: Settings, template: str) -> None:
        self._server = server
        self._settings = settings
        self._template = template
        # The statements that ran already, on the baseline; None when nothing did.
        self._executed: list[Statement] | None = None
        self._renew()

    def _renew(self) -> None:
        self.database = self._server.clone(self._template)
        try:
            self.connection = self._server.migrator(self.database)
        except BaseException:
            self._server.discard(self.database)
            raise

    def run_ahead(self) -> None:
        """Run what the models most likely say, by the last run. Raises what the baseline raises."""
        statements = speculation.predict(self._path)
        if not statements:
            return
        desired.lay_baseline(self.connection, self._settings)
        try:
            desired.apply(self.connection, statements)
            self._executed = statements
        except ModelsError:
            # The models may have been corrected since; on the baseline all of them can still be built.
            self._executed = []

    def finish(self, statements: Iterable[Statement], files: Sequence[Path]) -> None:
        """Make the database what the models' statements say, which come from `files`. Raises `ModelsError`,
        `MigrationError`."""
        whole: list[Statement] = []
        if self._executed is None:
            desired.build(self.connection, self._settings, statements, whole)
        else:
            whole += statements
            if not self._complete(whole, self._executed):
                self.discard()
                self._renew()
                desired.build(self.connection, self._settings, whole)
        speculation.remember(self._path, whole, files)

    def close(self) -> None:
        """Closes the connection; the database stays."""
        self.connection.close()

    def discard(self) -> None:
        """Closes the connection and drops the database."""
        self.close()
        self._server.discard(self.database)

    def _complete(self, whole: Sequence[Statement], executed: Sequence[Statement]) -> bool:
        """Whether the statements that ran could be made the models' whole."""
        left = speculation.remaining(executed, whole)
        if left is None:
            return False
        try:
            desired.apply(self.connection, left)
        except ModelsError:
            # Refused for what the models say, or for what ran too early: the whole, in order, tells.
            return False
        return not (executed and speculation.has_order_dependent_names(self.connection))

    @property
    def _path(self) -> Path:
        return self._server.folder / "statements" / digest(self._settings.models or "", *self._settings.baseline)[:16]
