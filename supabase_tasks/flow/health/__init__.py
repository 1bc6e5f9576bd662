"""What `inv doctor` looks at, one module per area; each yields findings and changes nothing."""

from supabase_tasks.flow.health.finding import Finding

__all__ = ["Finding"]
