"""Files that only save work: read whole and right, or not at all."""

from __future__ import annotations

from pathlib import Path

from supabase_tasks.files import digest, make_closed, replace_file


def read(path: Path, form: str) -> bytes | None:
    """What `write` left under `form` (a name with a version); None when there is none, or it is cut short, damaged or of
    another form."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return body if head == _head(form, body) else None


def write(path: Path, form: str, body: bytes) -> None:
    """Publish by a rename, readable by its owner only. Raises `OSError` when the folder cannot be written.

    Nothing is synced to disk: after a power failure the digest tells a torn file from a whole one.
    """
    make_closed(path.parent)
    with replace_file(path) as file:
        file.write(_head(form, body) + b"\n" + body)


def _head(form: str, body: bytes) -> bytes:
    return f"{form} {digest(body)}".encode()
