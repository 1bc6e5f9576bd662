"""A function that stands in another's place."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any


class Substitute:
    """A function in another's place: equal to it in sets and tables such as `os.supports_fd`, and bound by no class."""

    def __init__(self, original: Callable[..., Any], call: Callable[..., Any]) -> None:
        self.__wrapped__ = original
        self.__name__ = getattr(original, "__name__", "")
        self.__qualname__ = getattr(original, "__qualname__", self.__name__)
        self.__module__ = getattr(original, "__module__", "")
        self.__doc__ = original.__doc__
        self._call = call

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self._call(*arguments, **options)

    def __eq__(self, other: object) -> bool:
        return self is other or self.__wrapped__ == other or self.__wrapped__ == getattr(other, "__wrapped__", None)

    def __hash__(self) -> int:
        return hash(self.__wrapped__)

    def __reduce__(self) -> Any:
        return (getattr, (importlib.import_module(self.__module__), self.__name__))
