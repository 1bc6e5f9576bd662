CREATE TABLE public.t (a int, b text);
CREATE INDEX i ON public.t (a) WHERE b <> 'x WITH (y)';
CREATE INDEX j ON public.t (a) WITH (fillfactor = 50) WHERE b <> ' WITH (n)';
CREATE INDEX k ON public.t ((b || ' WITH (x)'));
