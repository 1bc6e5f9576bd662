-- ~1 collation
--   incompatible: code that uses the name public.plain breaks

ALTER COLLATION public.plain RENAME TO bytes;
