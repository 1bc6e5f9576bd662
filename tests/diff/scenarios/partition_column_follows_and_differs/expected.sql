-- +1 column, ~3 columns
--   lock: ACCESS EXCLUSIVE on public.m briefly
--   lock: ACCESS EXCLUSIVE on public.m_d briefly

SET lock_timeout = '5s';

ALTER TABLE public.m
    ALTER COLUMN a SET DEFAULT '2'::text,
    ALTER COLUMN b SET DEFAULT '2'::text,
    ALTER COLUMN c SET STATISTICS 9,
    ADD COLUMN e integer;

ALTER TABLE public.m_d
    ALTER COLUMN b SET DEFAULT '5'::text,
    ALTER COLUMN c SET STATISTICS 7,
    ALTER COLUMN e SET DEFAULT 3;
