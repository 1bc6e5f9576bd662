CREATE TYPE public.w AS (a integer, b text, c numeric);
CREATE TABLE public.t OF public.w (b DEFAULT 'q', CONSTRAINT k2 CHECK (c > 0));
ALTER TABLE public.t ALTER b SET STORAGE EXTERNAL, ALTER c SET STATISTICS 77, ALTER b SET COMPRESSION pglz;
ALTER TABLE public.t ALTER a SET NOT NULL, ALTER a SET (n_distinct = 5);
COMMENT ON COLUMN public.t.b IS 'a column of a typed table';
CREATE TABLE public.new_one OF public.w (PRIMARY KEY (a), b NOT NULL DEFAULT 'z', CONSTRAINT n CHECK (b <> '')) WITH (fillfactor = 50);
ALTER TABLE public.new_one ALTER b SET COMPRESSION pglz, ALTER b SET STORAGE EXTERNAL;
CREATE TABLE public.bare OF public.w;
INSERT INTO public.t VALUES (1, 'x', 2);
