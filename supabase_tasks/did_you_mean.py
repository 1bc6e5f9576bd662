"""Did you mean: the known name that a misspelt one is most like."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_ALIKE = 0.6


def nearest(given: str, known: Iterable[str], *, alike: float = _ALIKE) -> str | None:
    """The name of `known` that is most like `given`; None when none is near enough to be meant (`alike`, from 0 to 1)."""
    import difflib

    by_form = {name.lower().replace("_", "-"): name for name in known}
    found = difflib.get_close_matches(given.lower().replace("_", "-"), by_form, n=1, cutoff=alike)
    if not found:
        # `dryrun` for `dry-run` and the like are far apart by letters only when they are short.
        squeezed = {form.replace("-", ""): form for form in by_form}
        found = [squeezed[key] for key in [given.lower().replace("-", "").replace("_", "")] if key in squeezed]
    return by_form[found[0]] if found else None


def hint(given: str, known: Iterable[str]) -> str | None:
    """`did you mean 'x'?`, or None."""
    name = nearest(given, known)
    return f"did you mean {name!r}?" if name else None


def folder_hint(path: Path, root: Path) -> str | None:
    """The hint for a folder that does not exist, by the names next to its first part that is missing; shown from `root`."""
    missing = next((part for part in (*reversed(path.parents), path) if not part.exists()), None)
    if missing is None:
        return None
    near = nearest(missing.name, [one.name for one in missing.parent.iterdir() if one.is_dir()])
    meant = missing.parent / near / path.relative_to(missing) if near else None
    if meant is None or not meant.is_dir():
        return None
    return f"did you mean {str(meant.relative_to(root) if meant.is_relative_to(root) else meant)!r}?"
