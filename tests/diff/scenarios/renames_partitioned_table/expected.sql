-- ~2 tables, ~2 columns
--   incompatible: code that uses the name public.p breaks
--   incompatible: code that uses the name public.p1 breaks
--   incompatible: code that uses the name public.q.at breaks
--   rewrite: public.q is rewritten: id integer becomes bigint
--   incompatible: code that expects public.q.id as integer may break
--   lock: ACCESS EXCLUSIVE on public.p briefly
--   lock: ACCESS EXCLUSIVE on public.p1 briefly

SET lock_timeout = '5s';

ALTER TABLE public.p RENAME TO q;

ALTER TABLE public.p1 RENAME TO q1;

ALTER TABLE public.q RENAME COLUMN at TO day;

ALTER TABLE public.q
    ALTER COLUMN id TYPE bigint,
    ADD CONSTRAINT q_id_not_null CHECK (id IS NOT NULL) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public.q has no id
--   incompatible: code that writes NULL to public.q.id breaks
--   lock: ACCESS EXCLUSIVE on public.q while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.q VALIDATE CONSTRAINT q_id_not_null;

ALTER TABLE public.q ALTER COLUMN id SET NOT NULL;

ALTER TABLE public.q DROP CONSTRAINT q_id_not_null;
