-- +1 publication, +1 published table, ~1 column, ~2 published tables, −1 published table
--   rewrite: public.t is rewritten: a integer becomes bigint
--   incompatible: code that expects public.t.a as integer may break
--   lock: SHARE UPDATE EXCLUSIVE on public.u briefly
--   lock: SHARE UPDATE EXCLUSIVE on public.w briefly

SET lock_timeout = '5s';

ALTER PUBLICATION p DROP TABLE ONLY public.t;

ALTER PUBLICATION q DROP TABLE ONLY public.t;

ALTER PUBLICATION p DROP TABLE ONLY public.u;

ALTER PUBLICATION q DROP TABLE ONLY public.u;

ALTER PUBLICATION p DROP TABLE public.w;

ALTER PUBLICATION q DROP TABLE public.w;

ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

ALTER PUBLICATION p ADD TABLE ONLY public.t (id, b);

ALTER PUBLICATION q ADD TABLE ONLY public.t WHERE (a > 0);

ALTER PUBLICATION p ADD TABLE ONLY public.u (id, a);

ALTER PUBLICATION q ADD TABLE ONLY public.u WHERE (a > 0);

ALTER PUBLICATION q ADD TABLE public.w WHERE (a > 0);

CREATE PUBLICATION r WITH (publish = 'insert, update, delete, truncate');

ALTER PUBLICATION r ADD TABLE ONLY public.t;
