-- +1 constraint, ~1 constraint, −1 constraint
--   may fail: a_id fails when public.a holds a duplicate or missing key
--   lock: ACCESS EXCLUSIVE on public.a while every row is read
--   lock: ACCESS EXCLUSIVE on public.b briefly

SET lock_timeout = '5s';

ALTER TABLE public.a RENAME CONSTRAINT a_k TO a_pk2;

DROP MATERIALIZED VIEW public.mav;

DROP POLICY x ON public.b;

DROP VIEW public.av;

ALTER TABLE public.b DROP CONSTRAINT b_a;

ALTER TABLE public.a
    DROP CONSTRAINT a_pk,
    ADD CONSTRAINT a_id PRIMARY KEY (id) INCLUDE (k);

ALTER TABLE public.b ADD CONSTRAINT b_a FOREIGN KEY (a) REFERENCES public.a(id) NOT VALID;

CREATE VIEW public.av AS
SELECT id,
    k,
    count(*) AS n
   FROM public.a
  GROUP BY id;

CREATE POLICY x ON public.b
    USING (EXISTS ( SELECT
   FROM public.av
  WHERE av.id = b.a));

CREATE MATERIALIZED VIEW public.mav AS
SELECT k,
    n
   FROM public.av;

-- reads the existing rows, without blocking writes
--   may fail: b_a fails when public.b holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.b while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.b VALIDATE CONSTRAINT b_a;
