"""From two snapshots to migration files: changes, their order, renames, names, files."""
