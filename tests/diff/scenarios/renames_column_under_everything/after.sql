-- rename: public.t.a:public.t.b
-- rename: public.st.new:public.st.open
CREATE TYPE public.st AS ENUM ('open','mid','done');
CREATE TABLE public.t (id int PRIMARY KEY, b varchar(40) NOT NULL DEFAULT 'y', s public.st DEFAULT 'open', o uuid NOT NULL DEFAULT gen_random_uuid());
CREATE TABLE public.k (id int PRIMARY KEY, t_id int REFERENCES public.t(id) ON DELETE CASCADE);
CREATE INDEX i_b ON public.t (b);
CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql STABLE AS 'select count(*) from public.t where b is not null';
CREATE VIEW public.v AS SELECT id, b, s FROM public.t WHERE s='open';
ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON public.t FOR SELECT USING (b <> 'z');
