-- +3 tables

CREATE TABLE public.event (
    id bigint NOT NULL,
    at date NOT NULL,
    CONSTRAINT event_pkey PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

CREATE TABLE public.event_2026 PARTITION OF public.event FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

CREATE TABLE public.event_rest PARTITION OF public.event DEFAULT;
