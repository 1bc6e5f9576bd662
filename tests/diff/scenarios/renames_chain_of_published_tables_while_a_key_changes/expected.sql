-- +1 constraint, ~2 tables, ~5 columns, ~2 constraints, ~1 published table, −1 constraint
--   incompatible: code that uses the name public.b breaks
--   incompatible: code that uses the name public.a breaks
--   incompatible: code that uses the name public.c.a_id breaks
--   incompatible: code that uses the name public.b.name breaks
--   rewrite: public.b is rewritten: id integer becomes bigint
--   incompatible: code that expects public.b.id as integer may break
--   rewrite: public.c is rewritten: b_id integer becomes bigint
--   incompatible: code that expects public.c.b_id as integer may break
--   rewrite: public.c is rewritten: name text becomes character varying(50)
--   incompatible: code that expects public.c.name as text may break
--   may fail: fails when a value of public.c.name does not fit character varying(50)
--   lock: ACCESS EXCLUSIVE on public.a briefly

SET lock_timeout = '5s';

ALTER TABLE public.b RENAME TO c;

ALTER TABLE public.a RENAME TO b;

ALTER TABLE public.c RENAME COLUMN a_id TO b_id;

ALTER TABLE public.b RENAME COLUMN name TO title;

ALTER TABLE public.c RENAME CONSTRAINT b_pkey TO c_pkey;

ALTER TABLE public.b RENAME CONSTRAINT a_pkey TO b_pkey;

ALTER PUBLICATION pub DROP TABLE public.b;

ALTER PUBLICATION pub DROP TABLE public.c;

ALTER TABLE public.c DROP CONSTRAINT b_a_id_fkey;

ALTER TABLE public.b ALTER COLUMN id TYPE bigint;

ALTER PUBLICATION pub ADD TABLE public.b (id, title);

ALTER TABLE public.c
    ALTER COLUMN b_id TYPE bigint,
    ALTER COLUMN name TYPE character varying(50) USING CASE WHEN length(name) > 50 THEN name || '.' ELSE name END,
    ADD CONSTRAINT c_b_id_fkey FOREIGN KEY (b_id) REFERENCES public.b(id) ON DELETE CASCADE NOT VALID;

ALTER PUBLICATION pub ADD TABLE public.c WHERE ((name)::text <> 'x'::text);

-- reads the existing rows, without blocking writes
--   may fail: c_b_id_fkey fails when public.c holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.c while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.c VALIDATE CONSTRAINT c_b_id_fkey;
