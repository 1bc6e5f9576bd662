CREATE TYPE public.w AS (a integer, b text, c numeric);
CREATE TABLE public.t OF public.w (PRIMARY KEY (a), b NOT NULL, c DEFAULT 5, CONSTRAINT k CHECK (b <> ''));
INSERT INTO public.t VALUES (1, 'x', 2);
