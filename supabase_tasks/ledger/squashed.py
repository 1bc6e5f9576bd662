"""A squash says in its first lines what it replaces, so that everyone can check it: name and SHA-256 of each file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from supabase_tasks.ledger.branch import Branch
from supabase_tasks.ledger.files import MigrationFile

_LINE = re.compile(r"^-- squashes (?P<name>\S+) sha256:(?P<digest>[0-9a-f]{64})$", re.MULTILINE)
_MARK = b"-- squashes "


def header(files: Sequence[MigrationFile]) -> str:
    """The comment lines that say that a migration replaces `files`."""
    return "".join(f"-- squashes {file.path.name} sha256:{sha256(file.data).hexdigest()}\n" for file in files)


def declared_files(file: MigrationFile) -> Mapping[str, str]:
    """Name → SHA-256 of the files that `file` says it replaces; empty for an ordinary migration."""
    if not file.data.startswith(_MARK):
        return {}
    return {match["name"]: match["digest"] for match in _LINE.finditer(file.text)}


def valid(branch: Branch) -> frozenset[str]:
    """Names of the squashes of which every replaced file is byte for byte what the default branch held."""
    return frozenset(file.path.name for file in branch.present if _genuine(branch, declared_files(file)))


def replaced_files(branch: Branch) -> frozenset[str]:
    """Names of the files that a valid squash replaces."""
    genuine = valid(branch)
    return frozenset(name for file in branch.present if file.path.name in genuine for name in declared_files(file))


def _genuine(branch: Branch, claims: Mapping[str, str]) -> bool:
    repository = branch.repository
    return bool(claims and repository) and all(
        name in branch.fork
        and repository is not None
        and sha256(repository.content(branch.fork[name]).encode()).hexdigest() == digest
        for name, digest in claims.items()
    )
