"""Bringing the tool into an existing repository."""
