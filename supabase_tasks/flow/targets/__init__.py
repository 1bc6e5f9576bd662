"""Hosted databases: push, reset, pull, drift, repair, dump, status."""
