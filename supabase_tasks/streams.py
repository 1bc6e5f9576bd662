"""Writing to the standard streams whatever they can show; `console` says what is written."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def put(stream: TextIO, shown: str) -> None:
    """Write text for people; what the stream's encoding lacks becomes an escape."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    # A terminal that speaks ASCII is no reason to fail.
    stream.write(shown.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def put_product(stream: TextIO, product: str) -> None:
    """Write what a program reads: never with escapes, which would change it."""
    try:
        stream.write(product)
    except UnicodeEncodeError:
        # Readers of a product read UTF-8.
        stream.flush()
        stream.buffer.write(product.encode("utf-8", "surrogateescape"))
    stream.flush()


def put_at_once(shown: str) -> None:
    """Write to standard error past the stream's buffer: a copy of the process made meanwhile would hold its lock for good."""
    sys.stderr.flush()
    try:
        os.write(sys.stderr.fileno(), shown.encode(sys.stderr.encoding or "utf-8", "backslashreplace"))
    except (OSError, ValueError):
        put(sys.stderr, shown)
