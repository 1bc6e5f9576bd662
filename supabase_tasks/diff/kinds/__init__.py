"""The registry: every kind of object that the diff knows, one file each."""

from __future__ import annotations

from typing import Any

from supabase_tasks.diff.kind import Kind
from supabase_tasks.diff.kinds import (
    aggregate,
    column,
    comment,
    composite,
    constraint,
    default_privilege,
    domain,
    enum,
    event_trigger,
    extension,
    function,
    grant,
    index,
    materialized_view,
    owner,
    policy,
    publication,
    range,
    replica_identity,
    row_level_security,
    rule,
    schema,
    sequence,
    statistics,
    table,
    trigger,
    view,
)

_ALL: tuple[Kind[Any], ...] = (
    schema.KIND,
    extension.KIND,
    enum.KIND,
    domain.KIND,
    composite.KIND,
    range.KIND,
    sequence.KIND,
    table.KIND,
    column.KIND,
    constraint.KIND,
    index.KIND,
    sequence.OWNER,
    statistics.KIND,
    replica_identity.KIND,
    function.KIND,
    function.PROCEDURE,
    aggregate.KIND,
    trigger.KIND,
    rule.KIND,
    row_level_security.KIND,
    policy.KIND,
    view.KIND,
    materialized_view.KIND,
    publication.KIND,
    publication.TABLE,
    publication.SCHEMA,
    event_trigger.KIND,
    grant.KIND,
    default_privilege.KIND,
    comment.KIND,
    owner.KIND,
)

KINDS: dict[str, Kind[Any]] = {kind.name: kind for kind in _ALL}
