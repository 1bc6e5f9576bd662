-- +1 table, +1 published table, ~1 publication

CREATE TABLE public.u (
    id integer NOT NULL,
    CONSTRAINT u_pkey PRIMARY KEY (id)
);

ALTER PUBLICATION supabase_realtime SET (publish = 'insert, delete', publish_via_partition_root = true);

ALTER PUBLICATION supabase_realtime ADD TABLE public.u;
