-- ~1 collation

ALTER COLLATION public.plain RENAME TO bytes;
