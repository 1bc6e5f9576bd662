"""The author's models: the schema language (`language/`, public as `supabase_tasks.schema`), loading, DDL, realising.

`loading.load(settings)` gives `Models`; `ddl.ddl(models)` the statements; `realise.realise(…)` the desired database.
"""
