-- rename: public.t:app.t
-- rename: public.k:app.k
-- rename: public.v:app.v
-- rename: public.s:app.s
-- rename: public.f:app.f
-- rename: public.d:app.d
CREATE SCHEMA app;
CREATE TABLE app.t (id serial primary key, n varchar(20));
CREATE TYPE app.k AS ENUM ('a', 'c', 'b');
CREATE VIEW app.v AS SELECT n, 1 AS one FROM app.t;
CREATE SEQUENCE app.s INCREMENT 2;
CREATE FUNCTION app.f(int) RETURNS int LANGUAGE sql AS 'select 2';
CREATE DOMAIN app.d AS int CHECK (value > 1);
CREATE TABLE public.w (k app.k DEFAULT 'c', d app.d);
