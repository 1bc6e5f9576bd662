CREATE TABLE public.stamp (at timestamptz, note text);
CREATE TABLE public.visit (id int) INHERITS (public.stamp);
INSERT INTO public.visit VALUES (now(), 'kept', 1);
