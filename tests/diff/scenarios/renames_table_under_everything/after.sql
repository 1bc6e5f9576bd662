-- rename: public.t:app.u
-- rename: public.st:app.state
-- rename: public.k.t_id:public.k.u_id
-- rename: public.v:public.w
CREATE SCHEMA app;
CREATE TYPE app.state AS ENUM ('new','mid','done');
CREATE TABLE app.u (id bigint PRIMARY KEY, a int, s app.state, o uuid);
CREATE TABLE public.k (id int PRIMARY KEY, u_id bigint NOT NULL REFERENCES app.u(id));
CREATE INDEX i_a ON app.u (a DESC);
CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql STABLE AS 'select count(*) from app.u where a is not null';
CREATE VIEW public.w AS SELECT id, a FROM app.u WHERE s='new';
ALTER TABLE app.u ENABLE ROW LEVEL SECURITY;
CREATE POLICY p2 ON app.u USING (a <> 3);
