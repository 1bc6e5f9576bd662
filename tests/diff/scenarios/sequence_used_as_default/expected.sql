-- +1 sequence, +1 table

CREATE SEQUENCE public.order_no;

CREATE TABLE public.t (
    id integer NOT NULL,
    no bigint NOT NULL DEFAULT nextval('public.order_no'::regclass),
    CONSTRAINT t_pkey PRIMARY KEY (id)
);
