-- +1 view, −1 table
--   data loss: table public.x is dropped with its rows

DROP TABLE public.x;

CREATE VIEW public.x AS
SELECT id,
    a
   FROM public.base;
