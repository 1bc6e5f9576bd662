"""Nx: the project.json shim generated from the Invoke collection, and the inference plugin for Nx workspaces."""
