"""`init`: what a repository needs to be adopted, as a proposal; nothing is written here but by `accept`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from supabase_tasks import command_line
from supabase_tasks.adopt import (
    changes,
    hooks,
    next_steps,
    place,
    pyproject,
    scan,
    supabase,
    surroundings,
    taskfile,
    workflow,
)
from supabase_tasks.adopt.changes import Advice, Change, relative
from supabase_tasks.adopt.scan import Candidate
from supabase_tasks.adopt.surroundings import Surroundings
from supabase_tasks.errors import SettingsError
from supabase_tasks.settings import Settings

# Takes every module that was found.
ALL = "all"
_INIT = "supabase-tasks init"
_SHOWN = 8
Choose = Callable[[Sequence[Candidate]], str]
Item = Change | Advice


@dataclass(frozen=True, slots=True)
class Options:
    """What the person said: the models' module (several with commas, or `all`), the project's name, the parts to leave out."""

    models: str | None = None
    project: str | None = None
    hooks: bool = True
    ci: bool = True
    # Name and description of each task that becomes an nx target; none leaves project.json out.
    targets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The files to write, what is left to do by hand, and what was found."""

    root: Path
    changes: tuple[Change, ...]
    advice: tuple[Advice, ...]
    models: str | None
    candidates: tuple[Candidate, ...]
    around: Surroundings


def propose(start: Path, options: Options, choose: Choose | None = None) -> Proposal:
    """What adopting the repository around `start` takes.

    Several modules with tables are a question: `choose` answers it with one or more names, joined by commas. Raises
    `SettingsError` when the run is not interactive, when the models belong to another project folder, or a file is broken.
    """
    root = place.project_root(start)
    folder = place.supabase_folder(root)
    around = surroundings.look(root, folder)
    found = _here(root, scan.candidates(root), options)
    known = place.current(root)
    wanted = ",".join(one.module for one in found) if options.models == ALL else options.models
    models = wanted or (known.models if known else None) or _chosen(found, choose)
    items = list(_items(around, folder, models, options))
    return Proposal(
        root=root,
        changes=tuple(item for item in items if isinstance(item, Change)),
        advice=(*(item for item in items if isinstance(item, Advice)), *next_steps.ahead(around, models)),
        models=models,
        candidates=found,
        around=around,
    )


def accept(proposal: Proposal) -> None:
    """Write the proposal's files. Raises `TaskError`, before the first write, when one changed since it was shown."""
    changes.write(proposal.changes)


def _here(root: Path, found: Sequence[Candidate], options: Options) -> tuple[Candidate, ...]:
    """The candidates of this very project folder, not of one below it."""
    mine = tuple(one for one in found if place.owner(one.files[0], root) == root)
    if found and not mine and not options.models:
        below = sorted({changes.relative(place.owner(one.files[0], root), root) for one in found})
        raise SettingsError(
            f"the models are in another project folder: {', '.join(below)}",
            cause="that folder has its own pyproject.toml, so its modules are imported from there",
            next_step=f"{command_line.join('cd', below[0])} && {command_line.again() or _INIT}",
            code="models-elsewhere",
            data={"folders": below},
        )
    return mine


def _chosen(found: Sequence[Candidate], choose: Choose | None) -> str | None:
    if len(found) <= 1:
        return found[0].module if found else None
    if choose is not None:
        return choose(found)
    names = [one.module for one in found]
    shown = names if len(names) <= _SHOWN else [*names[:_SHOWN], f"{len(names) - _SHOWN} more"]
    raise SettingsError(
        f"{len(names)} modules declare tables: {', '.join(shown)}",
        cause="name the one that holds or imports them all (--models a.models), or several joined by commas, or take them all",
        next_step=command_line.with_options(["--models", ALL], _INIT),
        code="models-ambiguous",
        data={"candidates": [{"module": one.module, "tables": list(one.tables)} for one in found]},
    )


def _items(around: Surroundings, folder: Path, models: str | None, options: Options) -> Iterator[Item]:
    """Every file, in the order in which it is shown."""
    root = around.root
    known = place.current(root)
    project = options.project or (known.project if known else None) or pyproject.name(root) or root.name
    collector = pyproject.collector(root, models) if models else None
    module = pyproject.COLLECTOR if collector or (models and "," in models) else models
    yield from _some(collector)
    yield from _some(pyproject.settings_change(root, _settings(around, folder, project, module)))
    yield from _some(taskfile.change(root))
    yield from supabase.changes(folder, project)
    if options.hooks and around.git:
        # An Alembic history is still run by scripts: forbidding that is a later step.
        wanted = hooks.HOOKS if around.alembic else (*hooks.HOOKS, hooks.NO_DIRECT_DDL)
        runner = around.python.prefix_for(relative(root, around.repository))
        yield from _some(hooks.change(around.repository, root, runner, wanted, around.supabase))
    if options.targets and around.nx:
        yield from _some(_shim(root, folder, project, options.targets))
    if options.ci:
        yield from _some(workflow.change(around))


def _shim(root: Path, folder: Path, project: str, targets: Mapping[str, str]) -> Change | None:
    from supabase_tasks.nx import shim

    settings = Settings(root=root, project=project, supabase=folder, migrations=folder / "migrations")
    made = shim.build(settings, targets)
    return changes.propose(made.path, made.after, "the tasks as nx targets")


def _settings(around: Surroundings, folder: Path, project: str, module: str | None) -> dict[str, pyproject.Value]:
    wanted: dict[str, pyproject.Value] = {"project": project}
    if module:
        wanted["models"] = module
    if folder != around.root / "supabase":
        wanted["supabase"] = changes.relative(folder, around.root)
    if around.timestamps:
        wanted["naming"] = "timestamp"
    if around.alembic:
        wanted["ignore"] = ["public.alembic_version"]
    return wanted


def _some(item: Item | None) -> Iterator[Item]:
    if item is not None:
        yield item
