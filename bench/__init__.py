"""Measurements against the best in the field, side by side on one machine: `inv bench` (see bench/README.md)."""
