"""What a database holds, as typed values: catalog rows, items, what depends on what, snapshots."""
