CREATE TABLE public.stamp (at timestamptz);
CREATE TABLE public.visit (id int, note text) INHERITS (public.stamp);
CREATE TABLE public.call (id int) INHERITS (public.stamp);
CREATE TABLE public.late () INHERITS (public.visit);
