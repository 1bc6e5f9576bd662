-- +1 table

CREATE TABLE public.t (
    id integer NOT NULL,
    kind character varying(10),
    CONSTRAINT t_pkey PRIMARY KEY (id),
    CONSTRAINT t_kind_check CHECK (kind::text = ANY (ARRAY['a'::text, 'b'::text]))
);
