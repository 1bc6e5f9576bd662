"""`schema-diff`: the same comparison, plan and proof between any two schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks import command_line, database_url, did_you_mean, environment, postgres, progress
from supabase_tasks.errors import ProofError, SettingsError, TaskError
from supabase_tasks.flow.schema import preconditions
from supabase_tasks.flow.schema.request import Request, plan_between
from supabase_tasks.ledger import files as ledger
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.models.summary import ModelSummary
    from supabase_tasks.postgres.global_objects import GlobalObjects

MODELS, MIGRATIONS = "models", "migrations"
# A side by its name, spelt right or wrong; anything else is meant for a URL.
_NAME = re.compile(r"[\w.-]*")


def plan_schemas(
    settings: Settings, source: str, target: str, request: Request, *, proven: bool = True, report: Path | None = None
) -> Plan:
    """The plan that turns the schema of `source` into that of `target`; an empty one when they are equal, which rests on
    equal dumps of both unless `proven` is false.

    Each is `models`, `migrations`, the name of a target, or a PostgreSQL URL. All of them are compared as copies on the
    project's shadow server: neither database is altered, or locked for longer than `pg_dump` reads its catalog.
    `report` is a file for a report of a fault: both schemas and the plan, whatever comes of it. Raises `SettingsError` for a
    side that is none of these, `DiffError` (code `unmodelled`) when they differ in nothing that could be planned, and
    whatever `generate` raises.
    """
    from supabase_tasks.diff.proof import equality

    server = postgres.shadow(settings)
    with ExitStack() as stack:
        (current, _), (desired, models) = _sides(stack, settings, server, source, target)
        pair = _Pair(settings, server, (source, current), (target, desired))
        try:
            progress.step("comparing both schemas")
            plan = pair.plan(models, request, proven=proven)
            plan = replace(
                plan, unmodelled=(*plan.unmodelled, *_global_differences(settings, source, target, plan.sql))
            )
            if proven:
                progress.step("proving the SQL on a copy")
                pair.prove(plan)
            equality.refuse_unmodelled(plan)
        except TaskError as error:
            if report is not None:
                pair.report(report, f"{error.message}\n{error.cause or ''}")
            raise
        if report is not None:
            pair.report(report, "no fault: the plan was made" + (" and proven" if proven else ""))
        return plan


@dataclass
class _Pair:
    """The two sides, each with its name and its database, and the plan between them once there is one."""

    settings: Settings
    server: postgres.Server
    source: tuple[str, str]
    target: tuple[str, str]
    made: Plan | None = None

    def plan(self, models: ModelSummary | None, request: Request, *, proven: bool) -> Plan:
        current, desired = self.source[1], self.target[1]
        self.made = plan_between(self.server, self.settings, current, desired, request, models, compare_dumps=proven)
        return self.made

    def prove(self, plan: Plan) -> None:
        from supabase_tasks.diff.proof import proof, refusals

        if plan.empty:
            return
        try:
            proof.prove(self.server, self.settings, self.source[1], plan, self.target[1])
        except ProofError as error:
            raise refusals.redirect(error, self.source[0], self.target[0]) from error

    def report(self, path: Path, fault: str) -> None:
        from supabase_tasks.flow.schema import schema_report

        schema_report.write_report(path, self.server, (self.source, self.target), self.made, fault)


def _sides(
    stack: ExitStack, settings: Settings, server: postgres.Server, source: str, target: str
) -> tuple[tuple[str, ModelSummary | None], tuple[str, ModelSummary | None]]:
    """Both sides, as `side` gives them. Of two databases without the platform, what is the platform's is compared like
    anything else."""
    names = (source, target)
    plain = {name: _is_plain(_url(settings, name)[0]) for name in names if "://" in name}
    laid = {name: is_plain and not all(plain.get(name) for name in names) for name, is_plain in plain.items()}
    found: list[tuple[str, ModelSummary | None]] = [("", None)] * 2
    # A replay hides the roles that it does not know: those that come with a copy come after it.
    for place in sorted((0, 1), key=lambda place: names[place] not in (MODELS, MIGRATIONS)):
        name = names[place]
        found[place] = stack.enter_context(side(settings, server, name, on_platform=laid.get(name)))
    return found[0], found[1]


@contextmanager
def side(
    settings: Settings, server: postgres.Server, name: str, *, owners: bool = True, on_platform: bool | None = None
) -> Iterator[tuple[str, ModelSummary | None]]:
    """The database on `server` that a side names (see `schema_diff`), with its models when it is `models`; without
    `owners`, all that belongs to a role that the platform does not have belongs to `postgres`. A copy is laid
    `on_platform` when it comes from a plain PostgreSQL (None: if it does), for the other side has the platform."""
    if name == MODELS:
        with _models(settings, server) as built:
            yield built
    elif name == MIGRATIONS:
        yield postgres.history_template(server, settings, ledger.read(settings)), None
    else:
        with _database(settings, server, name, owners, on_platform) as copy:
            yield copy, None


@contextmanager
def _models(settings: Settings, server: postgres.Server) -> Iterator[tuple[str, ModelSummary]]:
    from supabase_tasks.models import desired, loading, summary

    preconditions.require_models(settings)
    models = loading.load(settings)
    database = desired.build_desired(server, settings, models, postgres.platform_template(server, settings))
    try:
        yield database, summary.of(models)
    finally:
        server.drop(database)


@contextmanager
def _database(
    settings: Settings, server: postgres.Server, name: str, owners: bool, on_platform: bool | None
) -> Iterator[str]:
    from supabase_tasks.postgres.copying import copy_schema

    # A fresh cluster has none of the platform's roles before its first template.
    platform = postgres.platform_template(server, settings)
    url, password = _url(settings, name)
    if on_platform is None:
        on_platform = _is_plain(url, password)
    env = {"PGPASSWORD": password} if password else None
    with copy_schema(server, url, env=env, ground=platform if on_platform else None, owners=owners) as copy:
        yield copy


def _global_differences(settings: Settings, source: str, target: str, sql: str) -> tuple[str, ...]:
    """What belongs to the servers and is not the same; the models have none of their own."""
    if MODELS in (source, target):
        return ()
    return global_differences(settings, global_objects_of(settings, source), global_objects_of(settings, target), sql)


def global_differences(
    settings: Settings, current: GlobalObjects, desired: GlobalObjects, sql: str = ""
) -> tuple[str, ...]:
    """What belongs to two servers and is not the same, without what `ignore` leaves out; roles that the plan `sql` needs."""
    from supabase_tasks.diff.catalog.scope import Scope
    from supabase_tasks.postgres import global_objects

    scope = Scope(settings.ignore)
    found = ((line, *global_objects.ignored_name(line)) for line in global_objects.differences(current, desired, sql))
    return tuple(line for line, kind, name in found if not scope.ignores(kind, (name,)))


def global_objects_of(settings: Settings, name: str) -> GlobalObjects:
    """What belongs to the server of a side that is not `models`."""
    from supabase_tasks.postgres import global_objects, history

    if name == MIGRATIONS:
        return history.global_objects_of(postgres.shadow(settings), settings, ledger.read(settings))
    return global_objects.read_at(*_url(settings, name))


def _is_plain(url: str, password: str | None = None) -> bool:
    """Whether the database behind `url` lacks the platform."""
    from supabase_tasks.postgres import plain
    from supabase_tasks.redaction import split_password

    bare, secret = split_password(url)
    return plain.is_plain(bare, {"PGPASSWORD": password or secret})


def _url(settings: Settings, name: str) -> tuple[str, str | None]:
    if not _NAME.fullmatch(name):
        # Whatever it is, a password may be in it: it is not shown.
        environment.register_secret(name)
        if (fault := database_url.fault(name, host_needed=False)) is not None:
            raise SettingsError("the database's URL cannot be used", cause=fault, next_step="correct the URL")
        return name, None
    if name == "local":
        server = postgres.local(settings)
        return server.url(), server.password
    names = [target.name for target in settings.targets]
    if name not in names:
        raise SettingsError(
            f"{name!r} is neither a schema nor a database",
            cause=_known_names(name, [MODELS, MIGRATIONS, "local", *names]),
            next_step=_corrected_command(name, [MODELS, MIGRATIONS, "local", *names]),
        )
    return _hosted_address(settings, name)


def _known_names(name: str, names: Sequence[str]) -> str:
    meant = did_you_mean.hint(name, names)
    return "\n".join([*([meant] if meant else []), f"known: {', '.join(names)}, or a postgresql:// URL"])


def _corrected_command(name: str, names: Sequence[str]) -> str:
    meant = did_you_mean.nearest(name, names)
    return command_line.with_correction(name, meant) if meant else f"inv schema-diff --from {MIGRATIONS} --to {MODELS}"


def _hosted_address(settings: Settings, name: str) -> tuple[str, str]:
    from supabase_tasks.guard import link, session, targets

    target = targets.resolve(settings, environment.load(settings), name)
    connection, address = session.connect(target, link.read(settings))
    connection.close()
    return address.libpq_url, target.password
