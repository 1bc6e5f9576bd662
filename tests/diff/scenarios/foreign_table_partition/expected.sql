-- +1 table, +2 foreign tables

CREATE FOREIGN TABLE public.event_old PARTITION OF public.event FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')
SERVER shop;

CREATE TABLE public.parent (
    id integer
);

CREATE FOREIGN TABLE public.child (
    more text
) INHERITS (public.parent)
SERVER shop;
