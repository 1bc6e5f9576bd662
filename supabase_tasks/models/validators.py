"""Importing models without building what only instances need."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def defer_validators(models: str, root: Path) -> Iterator[None]:
    """Inside the block pydantic builds the validator of a new SQLModel class only when something asks for it
    (`defer_build`): models are looked at, not filled, and it is a fifth of their import.

    `models` is the module that is about to be imported, below `root`. A project without SQLModel is not made to
    import it.
    """
    config = _configuration() if "sqlmodel" in sys.modules or _names_sqlmodel(models, root) else None
    if config is None or "defer_build" in config:
        yield
        return
    config["defer_build"] = True
    try:
        yield
    finally:
        # The models may have chosen otherwise meanwhile.
        if config.get("defer_build") is True:
            del config["defer_build"]


# pydantic's configuration is a TypedDict of its own making.
def _configuration() -> dict[str, Any] | None:
    from sqlmodel import SQLModel

    # pydantic 1, which SQLModel takes too, knows neither this name nor the option.
    found: dict[str, Any] | None = getattr(SQLModel, "model_config", None)
    return found


def _names_sqlmodel(models: str, root: Path) -> bool:
    place = root.joinpath(*models.split("."))
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    return any(b"sqlmodel" in path.read_bytes() for path in files if path.is_file())
