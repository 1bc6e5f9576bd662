-- rename: public.t.a:public.t.z
CREATE FUNCTION public.tg() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';CREATE TABLE public.t (id int primary key, z bigint CHECK (z>0), g bigint GENERATED ALWAYS AS (z*3) STORED, b int); CREATE STATISTICS public.s2 ON z,b FROM public.t; CREATE TRIGGER tr BEFORE UPDATE OF z ON public.t FOR EACH ROW WHEN (new.z>2) EXECUTE FUNCTION public.tg();
