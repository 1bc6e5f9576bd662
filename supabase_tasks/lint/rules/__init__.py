"""Our own rules, one per file: what squawk cannot know because it is Supabase, or because it takes the whole history.

Each module here holds `RULE`, has a page docs/lint/<name>.md and tests in tests/lint/rules/<module>/.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from supabase_tasks.lint.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by name."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(sorted((module.RULE for module in modules), key=lambda rule: rule.name))
