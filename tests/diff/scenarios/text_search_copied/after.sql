create text search configuration public.copied (copy = pg_catalog.english);
