-- +1 table, +1 default privilege
--   grant widened: new tables of postgres are opened to authenticated

CREATE TABLE public.t (
    id integer NOT NULL,
    CONSTRAINT t_pkey PRIMARY KEY (id)
);

GRANT SELECT ON TABLE public.t TO authenticated;

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT SELECT ON TABLES TO authenticated;
