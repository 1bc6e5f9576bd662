-- default: public.t.a='x'
-- default: public.t.b='calm'
CREATE DOMAIN public.code AS text CHECK (VALUE <> '');
CREATE TYPE public.mood AS ENUM ('calm');
CREATE TABLE public.t (id int PRIMARY KEY, a public.code NOT NULL, b public.mood NOT NULL);
