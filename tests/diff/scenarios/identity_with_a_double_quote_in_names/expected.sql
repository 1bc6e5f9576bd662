-- ~1 column
--   lock: ACCESS EXCLUSIVE on public."a""b" briefly

SET lock_timeout = '5s';

ALTER TABLE public."a""b" ALTER COLUMN "c""d" ADD GENERATED ALWAYS AS IDENTITY;

SELECT setval(pg_get_serial_sequence('public."a""b"', 'c"d'), max("c""d")) FROM public."a""b" HAVING max("c""d") >= 1;
