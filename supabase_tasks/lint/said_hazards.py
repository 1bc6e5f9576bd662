"""Findings that the head of a generated migration says already: whoever wrote or reviewed it has read them as hazards.

A finding counts as said where the head has a hazard of its kind on a relation that the statement names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from supabase_tasks import migration_head
from supabase_tasks.lint.finding import Finding
from supabase_tasks.lint.statements import ParsedFile

_BREAKS = frozenset({"incompatible", "data-loss"})
_BLOCKS = frozenset({"lock", "rewrite"})
# squawk's rules, and the codes of the hazards that say the same.
_SAYING: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "adding-field-with-default",
            "adding-foreign-key-constraint",
            "adding-not-nullable-field",
            "adding-serial-primary-key-field",
            "constraint-missing-not-valid",
            "disallowed-unique-constraint",
            "require-concurrent-index-creation",
            "require-concurrent-partition-detach",
        ),
        _BLOCKS,
    ),
    **dict.fromkeys(
        (
            "ban-drop-column",
            "ban-drop-schema",
            "ban-drop-sequence",
            "ban-drop-table",
            "ban-set-schema",
            "renaming-column",
            "renaming-object",
            "renaming-table",
        ),
        _BREAKS,
    ),
    "ban-alter-domain-with-add-constraint": frozenset({"lock", "rewrite", "may-fail"}),
    "ban-alter-identity": frozenset({"incompatible", "rewrite"}),
    "changing-column-type": frozenset({"rewrite", "may-fail", "incompatible"}),
}
_PART = r'(?:"(?:[^"]|"")+"|[^\W\d]\w*)'
# A table that moves is named with its former schema, or with its next one.
_RELATION = re.compile(rf"{_PART}\.({_PART})")
# A lock for a moment is no reason for one that is held while rows are read.
_BRIEF = " briefly"


class SaidHazards:
    """What the head of one file says."""

    def __init__(self, parsed: ParsedFile) -> None:
        self._parsed = parsed

    @cached_property
    def _relations(self) -> tuple[tuple[str, frozenset[str]], ...]:
        found = migration_head.hazards_in(self._parsed.source.text)
        return tuple(
            (code, frozenset(_RELATION.findall(message)))
            for code, message in found
            if code != "lock" or not message.endswith(_BRIEF)
        )

    def cover(self, finding: Finding) -> bool:
        """Whether the head says the finding."""
        codes = _SAYING.get(finding.rule)
        if not codes or not self._relations:
            return False
        named = frozenset(_RELATION.findall(self._statement(finding.line)))
        return any(code in codes and relations & named for code, relations in self._relations)

    def _statement(self, line: int) -> str:
        source = self._parsed.source
        for one in self._parsed.statements:
            if source.place(one.start).line <= line <= source.place(one.end).line:
                return source.data[one.start : one.end].decode(errors="replace")
        return ""
