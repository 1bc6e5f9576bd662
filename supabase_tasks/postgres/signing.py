"""Which statements `supabase_tasks_lift` may run (platform_sql/11_lift.sql): those that our own process has signed.

The key is a file in the cluster's data folder: the server reads it as its superuser, we as the folder's owner (or root), and no
SQL of a guest can. A signature that is seen is worth nothing more than the one statement that it stands for.
"""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from weakref import WeakKeyDictionary

from supabase_tasks.files import replace_file
from supabase_tasks.postgres import account

_FILE = "supabase-tasks.key"
_BYTES = 32
_keys: WeakKeyDictionary[object, bytes] = WeakKeyDictionary()


def key_of(data: Path) -> bytes:
    """The key of the cluster whose data folder is `data`, made when it has none. Raises `OSError`."""
    path = data / _FILE
    with suppress(FileNotFoundError):
        return _read(path)
    # `exclusive`: it does not take the place of a key that another process has made meanwhile.
    with suppress(FileExistsError), replace_file(path, exclusive=True) as file:
        file.write(secrets.token_bytes(_BYTES))
        # By the open file: the folder is that user's, who could put a link in the name's place.
        account.give_open(file.fileno())
    return _read(path)


def _read(path: Path) -> bytes:
    # Never through a link, nor from a pipe: as root that would be whatever the folder's user likes.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        key = file.read(_BYTES)
    if len(key) != _BYTES:
        raise OSError(errno.EINVAL, "no key", str(path))
    return key


def entrust(connection: object, key: bytes) -> None:
    """Let statements be signed for this connection."""
    _keys[connection] = key


def key_for(connection: object) -> bytes | None:
    """The key of the connection's cluster, if it was entrusted with it."""
    return _keys.get(connection)


def sign(key: bytes, *parts: str) -> str:
    """The signature of the parts. Each counts by its digest, so all that is signed has one length and one reading."""
    return sha256(key + b"".join(sha256(part.encode()).digest() for part in parts)).hexdigest()
