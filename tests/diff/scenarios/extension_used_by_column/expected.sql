-- +1 extension, +1 table

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA extensions;

CREATE TABLE public.t (
    id integer NOT NULL,
    email extensions.citext NOT NULL,
    CONSTRAINT t_pkey PRIMARY KEY (id),
    CONSTRAINT t_email_key UNIQUE (email)
);
