-- ~6 columns
--   rewrite: public.l is rewritten: a integer becomes bigint
--   incompatible: code that expects public.l.a as integer may break
--   rewrite: public.l is rewritten: b integer becomes text
--   incompatible: code that expects public.l.b as integer may break
--   rewrite: public.n is rewritten: a integer becomes bigint
--   incompatible: code that expects public.n.a as integer may break
--   rewrite: public.n is rewritten: b integer becomes text
--   incompatible: code that expects public.n.b as integer may break
--   rewrite: public.n is rewritten: up_a integer becomes bigint
--   incompatible: code that expects public.n.up_a as integer may break
--   rewrite: public.n is rewritten: up_b integer becomes text
--   incompatible: code that expects public.n.up_b as integer may break

SET lock_timeout = '5s';

DROP VIEW public.nv;

ALTER TABLE public.l DROP CONSTRAINT l_a_b_fkey;

ALTER TABLE public.n DROP CONSTRAINT n_up_a_up_b_fkey;

ALTER TABLE public.l
    ALTER COLUMN a TYPE bigint,
    ALTER COLUMN b TYPE text;

ALTER TABLE public.n
    ALTER COLUMN a TYPE bigint,
    ALTER COLUMN b TYPE text;

ALTER TABLE public.l ADD CONSTRAINT l_a_b_fkey FOREIGN KEY (a, b) REFERENCES public.n(a, b) ON UPDATE CASCADE NOT VALID;

ALTER TABLE public.n
    ALTER COLUMN up_a TYPE bigint,
    ALTER COLUMN up_b TYPE text,
    ADD CONSTRAINT n_up_a_up_b_fkey FOREIGN KEY (up_a, up_b) REFERENCES public.n(a, b) NOT VALID;

CREATE VIEW public.nv AS
SELECT a,
    b,
    count(*) AS count
   FROM public.n
  GROUP BY a, b;

-- reads the existing rows, without blocking writes
--   may fail: l_a_b_fkey fails when public.l holds a violating row
--   may fail: n_up_a_up_b_fkey fails when public.n holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.l while every row is read
--   lock: SHARE UPDATE EXCLUSIVE on public.n while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.l VALIDATE CONSTRAINT l_a_b_fkey;

ALTER TABLE public.n VALIDATE CONSTRAINT n_up_a_up_b_fkey;
