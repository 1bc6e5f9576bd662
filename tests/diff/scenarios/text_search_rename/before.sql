create text search dictionary public.plain (template = simple);
create text search configuration public.words (parser = pg_catalog.default);
