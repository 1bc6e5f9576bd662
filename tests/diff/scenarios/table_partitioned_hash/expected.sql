-- +3 tables

CREATE TABLE public.h (
    id bigint NOT NULL,
    CONSTRAINT h_pkey PRIMARY KEY (id)
) PARTITION BY HASH (id);

CREATE TABLE public.h0 PARTITION OF public.h FOR VALUES WITH (modulus 2, remainder 0);

CREATE TABLE public.h1 PARTITION OF public.h FOR VALUES WITH (modulus 2, remainder 1);
