-- +1 table

CREATE TABLE public.t (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    label text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT t_pkey PRIMARY KEY (id)
);
