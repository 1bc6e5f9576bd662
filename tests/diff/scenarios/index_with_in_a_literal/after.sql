CREATE TABLE public.t (a int, b text);
CREATE INDEX i ON public.t (a) WHERE b <> 'x WITH (n)';
CREATE INDEX j ON public.t (a) WITH (fillfactor = 60) WHERE b <> ' WITH (n)';
CREATE INDEX k ON public.t ((b || ' WITH (y)')) WITH (fillfactor = 50);
