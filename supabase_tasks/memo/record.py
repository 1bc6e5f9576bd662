"""One memo as a file: read and written whole, versioned, checked by its own digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks import cache_file, state_dir
from supabase_tasks.files import keep_newest
from supabase_tasks.memo.fingerprints import Fingerprint
from supabase_tasks.settings import Settings

_FORMAT = "supabase-tasks memo 1"
_KEPT = 8


@dataclass(frozen=True, slots=True)
class Record:
    """When it was written (nanoseconds since the epoch), salted digests of the variables' values, and the fingerprints."""

    written: int
    salt: str
    variables: Mapping[str, str]
    fingerprints: Sequence[Fingerprint]


def folder(settings: Settings) -> Path:
    """Where a project's memos are: one file per context (interpreter, libraries, settings, …)."""
    return state_dir.project_folder(settings) / "memo"


def read(path: Path) -> Record | None:
    """The record, or None when there is none, or one that is cut short, damaged or of another version."""
    body = cache_file.read(path, _FORMAT)
    return _parse(body.decode("utf-8", "surrogateescape")) if body is not None else None


def _parse(body: str) -> Record:
    written, salt, *lines = body.split("\n")
    variables: dict[str, str] = {}
    fingerprints: list[Fingerprint] = []
    for line in lines:
        kind, signature, content, path = line.split("\t", 3)
        if kind == "variable":
            variables[path] = content
        else:
            fingerprints.append(Fingerprint(kind, signature, content, path))
    return Record(int(written), salt, variables, fingerprints)


def write(path: Path, record: Record) -> None:
    """Publish the record, readable by its owner only. Raises `OSError` when the folder cannot be written."""
    lines = [str(record.written), record.salt]
    lines += [f"variable\t-\t{value}\t{name}" for name, value in sorted(record.variables.items())]
    lines += [
        "\t".join((fingerprint.kind, fingerprint.signature, fingerprint.content, fingerprint.path))
        for fingerprint in record.fingerprints
    ]
    cache_file.write(path, _FORMAT, "\n".join(lines).encode("utf-8", "surrogateescape"))
    # Every upgrade of a library leaves one behind.
    keep_newest(path.parent, _KEPT)


def clear(where: Path) -> None:
    """Remove every record in the folder. Raises `OSError` when one cannot be removed."""
    keep_newest(where, 0)
