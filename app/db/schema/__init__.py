"""The schema: organisations with members own projects; projects hold folders, scenes, assets and what is published.

One package per concern. Tables are SQLModel classes; row level security, policies, grants and triggers stand in the
table's own `__table_args__`; functions and views stand next to the tables that they serve.
"""
