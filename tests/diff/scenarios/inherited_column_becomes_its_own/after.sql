CREATE TABLE public.stamp (at timestamptz);
CREATE TABLE public.visit (id int) INHERITS (public.stamp);
ALTER TABLE public.visit ADD COLUMN note text;
