-- ~1 foreign server
--   incompatible: anon reads nothing through shop any more
--   incompatible: what reads through SERVER shop breaks

DROP VIEW public.items;

DROP FOREIGN TABLE public.item;

DROP USER MAPPING FOR anon SERVER shop;

DROP SERVER shop;

CREATE SERVER shop FOREIGN DATA WRAPPER cable;

CREATE USER MAPPING FOR anon SERVER shop;

CREATE FOREIGN TABLE public.item (
    id integer
)
SERVER shop;

CREATE VIEW public.items AS
SELECT id
   FROM public.item;
