"""What the models' import was seen to rest on, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that another answer could come from, if it changed.

    `files` were imported or read (absent ones and listed folders too), `opened` says what `stat` told of those that were
    read at that moment (`looks.signature_of`; "absent"), `libraries` are the files of installed modules, `folders`
    those that Python searched for modules, `looks` what was learnt by looking (kind and path: answer, see
    `supabase_tasks.looks`), `environment` the names of variables (`*`: all), `untracked_inputs` what none of these can hold, each
    with the line that asked.
    """

    files: tuple[Path, ...] = ()
    opened: Mapping[str, str] = field(default_factory=dict)
    libraries: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    looks: Mapping[tuple[str, str], str] = field(default_factory=dict)
    environment: tuple[str, ...] = ()
    untracked_inputs: tuple[str, ...] = ()
