-- +1 view, +1 foreign data wrapper, +1 foreign server, +2 user mappings, +1 foreign table

CREATE FOREIGN DATA WRAPPER wire OPTIONS (debug 'true');

CREATE SERVER shop TYPE 'store' VERSION '2' FOREIGN DATA WRAPPER wire OPTIONS (dbname 'it''s', host 'h');

CREATE USER MAPPING FOR PUBLIC SERVER shop;

CREATE USER MAPPING FOR anon SERVER shop;

GRANT USAGE ON FOREIGN SERVER shop TO anon WITH GRANT OPTION;

COMMENT ON SERVER shop IS 'a shop';

GRANT USAGE ON FOREIGN DATA WRAPPER wire TO anon;

COMMENT ON FOREIGN DATA WRAPPER wire IS 'a wire';

CREATE FOREIGN TABLE public.item (
    id integer OPTIONS (column_name 'ID'),
    name text COLLATE pg_catalog."C" DEFAULT 'x'::text NOT NULL,
    CONSTRAINT positive CHECK (id > 0)
)
SERVER shop OPTIONS (source 'items');

GRANT SELECT ON TABLE public.item TO anon;

COMMENT ON FOREIGN TABLE public.item IS 'far away';

COMMENT ON COLUMN public.item.id IS 'its number';

CREATE VIEW public.items AS
SELECT id
   FROM public.item;
