-- +1 schema, +1 table

CREATE SCHEMA app;

GRANT USAGE ON SCHEMA app TO anon, authenticated, service_role;

CREATE TABLE app.t (
    id integer NOT NULL,
    CONSTRAINT t_pkey PRIMARY KEY (id)
);

GRANT SELECT ON TABLE app.t TO anon;

GRANT ALL ON TABLE app.t TO authenticated, service_role;
