"""`datetime.now`, `datetime.utcnow` and `date.today`, watched while the models are imported."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

# `note(what)`: the author's line asked for something that cannot be remembered.
Note = Callable[..., None]


@contextmanager
def in_place(note: Note) -> Iterator[None]:
    """`datetime.now` and its like belong to a type that is closed to assignment, though not its dictionary: a subclass in
    its place would be another type to everyone who asks which type a column has."""
    import ctypes

    changed: list[tuple[Any, dict[str, Any], str, Any]] = []

    def modified(owner: Any) -> None:
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(owner))

    for owner, names in ((datetime.datetime, ("now", "utcnow")), (datetime.date, ("today",))):
        (inside,) = gc.get_referents(owner.__dict__)
        for name in names:
            changed.append((owner, inside, name, inside[name]))
            inside[name] = classmethod(telling_method(inside[name], f"{owner.__name__}.{name}", note))
        modified(owner)
    try:
        yield
    finally:
        for owner, inside, name, original in changed:
            inside[name] = original
            modified(owner)


def telling_method(original: Any, what: str, note: Note) -> Callable[..., Any]:
    """The function of a class method that tells before it does what `original`, a class method too, does."""

    def method(cls: Any, *arguments: Any, **options: Any) -> Any:
        note(what, discreet=True)
        return original.__get__(None, cls)(*arguments, **options)

    return method
