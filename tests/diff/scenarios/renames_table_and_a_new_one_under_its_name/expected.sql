-- +1 sequence, +1 table, ~1 sequence, ~1 table, ~1 constraint
--   incompatible: code that uses the name public.a breaks
--   lock: ACCESS EXCLUSIVE on public.a briefly

SET lock_timeout = '5s';

ALTER TABLE public.a RENAME TO b;

ALTER SEQUENCE public.a_id_seq RENAME TO b_id_seq;

ALTER TABLE public.b RENAME CONSTRAINT a_pkey TO b_pkey;

CREATE SEQUENCE public.a_id_seq AS integer;

CREATE TABLE public.a (
    id integer NOT NULL DEFAULT nextval('public.a_id_seq'::regclass),
    x integer,
    CONSTRAINT a_pkey PRIMARY KEY (id)
);

ALTER SEQUENCE public.a_id_seq OWNED BY public.a.id;
