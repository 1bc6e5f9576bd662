import re
from collections.abc import Callable
from pathlib import Path

import pytest

from supabase_tasks.lint.history import History, build
from supabase_tasks.lint.source import Source

_NEXT_FILE = re.compile(r"^-- file: (\S+)\n", re.MULTILINE)


@pytest.fixture
def history() -> Callable[..., History]:
    """Builds a history from SQL; a line `-- file: name.sql` begins the next migration."""

    def make(sql: str, *, auto_expose: bool = False) -> History:
        first, *rest = _NEXT_FILE.split(sql)
        files = [("0001_first.sql", first), *zip(rest[::2], rest[1::2], strict=True)]
        return build([Source(Path(name), text) for name, text in files], auto_expose=auto_expose)

    return make
