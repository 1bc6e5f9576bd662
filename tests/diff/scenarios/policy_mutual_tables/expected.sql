-- +2 tables, +2 policies

CREATE TABLE public.a (
    id integer NOT NULL,
    b_id integer,
    CONSTRAINT a_pkey PRIMARY KEY (id)
);

ALTER TABLE public.a ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.b (
    id integer NOT NULL,
    a_id integer,
    CONSTRAINT b_pkey PRIMARY KEY (id)
);

CREATE POLICY pa ON public.a
    FOR SELECT
    USING (EXISTS ( SELECT 1
   FROM public.b
  WHERE b.id = a.b_id));

ALTER TABLE public.b ENABLE ROW LEVEL SECURITY;

CREATE POLICY pb ON public.b
    FOR SELECT
    USING (EXISTS ( SELECT 1
   FROM public.a
  WHERE a.id = b.a_id));
