-- +2 tables, +1 policy

CREATE TABLE public.member (
    org integer NOT NULL,
    uid uuid NOT NULL,
    CONSTRAINT member_pkey PRIMARY KEY (org, uid)
);

CREATE TABLE public.t (
    id integer NOT NULL,
    org integer,
    CONSTRAINT t_pkey PRIMARY KEY (id)
);

ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;

CREATE POLICY p ON public.t
    FOR SELECT
    TO authenticated
    USING (EXISTS ( SELECT 1
   FROM public.member m
  WHERE m.org = t.org AND m.uid = (( SELECT auth.uid() AS uid))));
