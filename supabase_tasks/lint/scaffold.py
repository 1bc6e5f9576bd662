"""`python -m supabase_tasks.lint.scaffold NAME`: a new rule with its page and its snippets, for this repository."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from supabase_tasks import console
from supabase_tasks.files import write_atomic

_ROOT = Path(__file__).parents[2]
_RULE = '''"""What is wrong, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule


def check(history: History) -> Iterator[Hit]:
    for statement in history.statements:
        if statement.kind == "…":
            yield Hit(statement.place, "what is wrong", "what to write instead")


RULE = Rule("{name}", "warning", "what it finds", check)
'''
_PAGE = """# {name}

What is wrong.

## Problem

Why it hurts.

```sql
select 1;
```

## Solution

What to write instead.

```sql
select 1;
```
"""


def files(name: str) -> Mapping[Path, str]:
    """Path → text of everything a rule called `name` (words joined by dashes) consists of."""
    module = name.replace("-", "_")
    return {
        _ROOT / "supabase_tasks" / "lint" / "rules" / f"{module}.py": _RULE.format(name=name),
        _ROOT / "docs" / "lint" / f"{name}.md": _PAGE.format(name=name),
        _ROOT / "tests" / "lint" / "rules" / module / "bad.sql": "select 1;\n",
        _ROOT / "tests" / "lint" / "rules" / module / "good.sql": "select 1;\n",
    }


def main(arguments: list[str]) -> int:
    """Write the files of a new rule; never over existing ones."""
    if len(arguments) != 1 or not re.fullmatch(r"[a-z]+(-[a-z]+)*", arguments[0]):
        console.note("usage: python -m supabase_tasks.lint.scaffold name-of-the-rule")
        return 2
    for path, text in files(arguments[0]).items():
        write_atomic(path, text, exclusive=True)
        console.say(str(path.relative_to(_ROOT)))
    console.say("then: UPDATE_EXPECTED=1 pytest tests/lint/rules")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
