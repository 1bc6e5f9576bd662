create text search dictionary public.simplest (template = simple);
create text search configuration public.terms (parser = pg_catalog.default);
