-- +1 schema, +1 table

CREATE SCHEMA app;

CREATE TABLE app.t (
    id integer NOT NULL,
    CONSTRAINT t_pkey PRIMARY KEY (id)
);
