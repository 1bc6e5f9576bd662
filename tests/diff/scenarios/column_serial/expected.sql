-- +2 sequences, +1 table

CREATE SEQUENCE public.t_id_seq AS integer;

CREATE SEQUENCE public.t_n_seq;

CREATE TABLE public.t (
    id integer NOT NULL DEFAULT nextval('public.t_id_seq'::regclass),
    n bigint NOT NULL DEFAULT nextval('public.t_n_seq'::regclass),
    CONSTRAINT t_pkey PRIMARY KEY (id)
);

ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;

ALTER SEQUENCE public.t_n_seq OWNED BY public.t.n;
