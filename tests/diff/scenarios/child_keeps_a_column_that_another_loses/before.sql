CREATE TABLE public.stamp (at timestamptz, note text, n int);
CREATE TABLE public.visit (id int) INHERITS (public.stamp);
CREATE TABLE public.call (id int) INHERITS (public.stamp);
CREATE TABLE public.late () INHERITS (public.visit);
INSERT INTO public.visit VALUES (now(), 'kept', 3, 1);
