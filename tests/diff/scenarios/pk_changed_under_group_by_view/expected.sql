-- +1 constraint, −1 constraint
--   may fail: sale_pk fails when public.sale holds a duplicate or missing key
--   lock: ACCESS EXCLUSIVE on public.sale while every row is read

SET lock_timeout = '5s';

DROP VIEW public.sales;

ALTER TABLE public.sale
    DROP CONSTRAINT sale_pkey,
    ADD CONSTRAINT sale_pk PRIMARY KEY (id) INCLUDE (what);

CREATE VIEW public.sales AS
SELECT id,
    what,
    count(*) AS n
   FROM public.sale
  GROUP BY id;
