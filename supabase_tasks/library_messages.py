"""Warnings and log records of libraries: they hold names and statements, too, and are shown as all other text is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


def pass_through(shown: Callable[[str], str]) -> None:
    """From now on every warning and log record is what `shown` makes of it."""
    import warnings

    if not hasattr(warnings.formatwarning, "of_supabase_tasks"):
        warnings.formatwarning = _format_with(warnings.formatwarning, shown)
    if (logging := sys.modules.get("logging")) is not None and logging.lastResort is not None:
        formatter = logging.Formatter()
        formatter.format = _format_with(formatter.format, shown)
        logging.lastResort.setFormatter(formatter)


def quiet_libraries() -> None:
    """Models that set up logging for themselves make these print command lines and contexts of ours otherwise."""
    if (logging := sys.modules.get("logging")) is None:
        return
    ours = ("sh", "alembic")
    for name in (*ours, *(known for known in list(logging.root.manager.loggerDict) if known.partition(".")[0] in ours)):
        logger = logging.getLogger(name)
        if name in ours or logger.level != logging.NOTSET:
            logger.setLevel(max(logger.level, logging.WARNING))


@contextmanager
def hold_warnings(category: str) -> Iterator[None]:
    """Warnings of the class of that name are shown when what runs inside has succeeded: with a failure, whose cause says the
    same in plain words, they are noise."""
    import warnings

    held: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    show = warnings.showwarning

    def hold(*arguments: Any, **options: Any) -> None:
        if any(kind.__name__ == category for kind in type(arguments[0]).__mro__):
            held.append((arguments, options))
        else:
            show(*arguments, **options)

    warnings.showwarning = hold
    try:
        yield
    finally:
        if warnings.showwarning is hold:
            warnings.showwarning = show
    for arguments, options in held:
        show(*arguments, **options)


# Any function that writes a message.
def _format_with(function: Any, shown: Callable[[str], str]) -> Any:
    def formatted(*arguments: Any, **options: Any) -> str:
        return shown(function(*arguments, **options))

    formatted.of_supabase_tasks = True  # type: ignore[attr-defined]
    return formatted
