"""Fingerprints: what a file or a folder was, so that "the same as then" costs one `stat` where the times can be trusted.

The rule is git's for its index ("racy git", Documentation/technical/racy-git.txt): a file whose times are as young as
the fingerprint itself could change once more without its times changing, so only its content counts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from supabase_tasks import looks
from supabase_tasks.files import digest
from supabase_tasks.looks import ABSENT as ABSENT
from supabase_tasks.looks import signature_of

UNTRUSTED = "-"
# FAT keeps times in steps of 2 s, HFS+ and old NFS of 1 s, Linux of one scheduler tick (at most 10 ms).
COARSE_NS = 2_000_000_000
TICK_NS = 20_000_000
_IMPORTABLE = (".py", ".pyc", ".so", ".pyd")
# Where a file can be changed without a trace in its times: Windows has no time of the last change of the inode, and a
# server of files answers from a copy (statfs(2) names them; the mount table tells).
_TIMELESS = sys.platform == "win32"
_REMOTE = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "9p", "fuse.sshfs", "fuse.rclone")
)

FILE = "file"
LISTING = "listing"
MODULES = "modules"
LIBRARY = "library"
LOOK = "look:"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A path and what it was: `kind` says how it is looked at.

    `file`: its bytes. `listing`: the names in the folder. `modules`: only the names in it that Python could import.
    `library`: only what `stat` tells, as there are a thousand. `look:…`: what such a look told (`supabase_tasks.looks`).
    `signature` is of `os.stat`, or `-` when the times were too young to be trusted; `content` a digest, or `absent`.
    """

    kind: str
    signature: str
    content: str
    path: str


def take(kind: str, path: str, now: int) -> Fingerprint:
    """The fingerprint of `path` as of `now` (nanoseconds since the epoch). Raises `OSError` when it cannot be read."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return Fingerprint(kind, UNTRUSTED, ABSENT, path)
    trusted = changed_at(found) < now - COARSE_NS and not _timeless(found)
    signature = signature_of(found) if trusted else UNTRUSTED
    return Fingerprint(kind, signature, _content(kind, path), path)


def of_library(path: str, now: int, began: int) -> Fingerprint | None:
    """The fingerprint of an installed file: by its times, which no edit can keep, or by its content where they do not count yet.
    None when it may have changed since the run `began`. Raises `OSError` when it cannot be read."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return Fingerprint(LIBRARY, UNTRUSTED, ABSENT, path)
    if _young(found, began):
        return None
    if changed_at(found) < now - COARSE_NS and not _timeless(found):
        return Fingerprint(LIBRARY, signature_of(found), UNTRUSTED, path)
    return take(FILE, path, now)


def looks_same(fingerprint: Fingerprint) -> bool:
    """Whether a `stat` tells that the path is what the fingerprint says. Raises `OSError` when it cannot be read."""
    try:
        return fingerprint.signature == signature_of(os.stat(fingerprint.path))
    except (FileNotFoundError, NotADirectoryError):
        return fingerprint.content == ABSENT


def is_same(fingerprint: Fingerprint) -> bool:
    """Whether the content of the path is what the fingerprint says. Raises `OSError` when it cannot be read."""
    if fingerprint.kind.startswith(LOOK):
        return looks.look(fingerprint.kind.removeprefix(LOOK), fingerprint.path) == fingerprint.content
    try:
        return fingerprint.kind != LIBRARY and _content(fingerprint.kind, fingerprint.path) == fingerprint.content
    except (FileNotFoundError, NotADirectoryError):
        return fingerprint.content == ABSENT


def changed_at(found: os.stat_result) -> int:
    """When the file last changed, in nanoseconds; the inode's time counts too, for tools that set the other one."""
    return max(found.st_mtime_ns, found.st_ctime_ns)


def _timeless(found: os.stat_result) -> bool:
    return _TIMELESS or found.st_dev in _remote()


@cache
def _remote() -> frozenset[int]:
    """The devices that hold a foreign file system (proc(5), mountinfo: the third field, and the first after `-`)."""
    devices = []
    with suppress(OSError, ValueError):
        for line in Path("/proc/self/mountinfo").read_text(errors="replace").splitlines():
            mount, _, origin = line.partition(" - ")
            if origin.split(" ", 1)[0] in _REMOTE:
                major, _, minor = mount.split()[2].partition(":")
                devices.append(os.makedev(int(major), int(minor)))
    return frozenset(devices)


def changed_since(path: str, moment: int) -> bool:
    """Whether `path` may have changed at or after `moment`; one that does not exist may have been removed since when
    the folder it would be in changed since."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return changed_since(os.path.dirname(path) or ".", moment)
    return _young(found, moment)


def entries_added_since(folder: str, moment: int) -> bool:
    """Whether a name may have joined a folder at or after `moment`. An import that leaves its bytecode there changes
    the folder without adding a name that counts."""
    if not changed_since(folder, moment):
        return False
    try:
        with os.scandir(folder) as entries:
            return any(not is_hidden(entry.name) and _joined_since(entry, moment) for entry in entries)
    except (FileNotFoundError, NotADirectoryError):
        return True


def _joined_since(entry: os.DirEntry[str], moment: int) -> bool:
    if not _young(entry.stat(follow_symlinks=False), moment):
        return False
    bytecode = os.path.join(entry.path, "__pycache__")
    return not (os.path.isdir(bytecode) and changed_since(bytecode, moment))


def _young(found: os.stat_result, moment: int) -> bool:
    whole_seconds = found.st_mtime_ns % 1_000_000_000 == 0 and found.st_ctime_ns % 1_000_000_000 == 0
    return changed_at(found) >= moment - (COARSE_NS if whole_seconds else TICK_NS)


def _content(kind: str, path: str) -> str:
    # Where Python searched for modules there may be an archive of them.
    if kind != LISTING and not os.path.isdir(path):
        return digest(Path(path).read_bytes())
    return digest(*sorted(_names(path, modules_only=kind == MODULES)))


def _names(path: str, *, modules_only: bool) -> Iterator[str]:
    with os.scandir(path) as entries:
        for entry in entries:
            if is_hidden(entry.name):
                continue
            is_folder = _is_folder(entry)
            if not modules_only or is_folder or entry.name.endswith(_IMPORTABLE):
                yield f"{entry.name}/" if is_folder else entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link into what this user may not look at: Python finds nothing there either.
        return False


def is_hidden(name: str) -> bool:
    """Names that come and go without meaning: dot files, bytecode, an editor's copies."""
    return name.startswith(".") or name == "__pycache__" or name.endswith("~")


def tree(path: str) -> Iterator[os.DirEntry[str]]:
    """Every entry below a folder that is not hidden; nothing when there is no such folder."""
    try:
        with os.scandir(path) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in found:
        if not is_hidden(entry.name):
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from tree(entry.path)
