CREATE TABLE public.t (a text);
CREATE INDEX i ON public.t ((a || ' WHERE ')) WITH (fillfactor = 50);
CREATE INDEX j ON public.t ((a || ' USING btree (')) WHERE a <> ' WHERE ';
CREATE INDEX "k ON public.t (" ON public.t USING hash (a) WITH (fillfactor = 50) WHERE a = 'b WHERE c';
