CREATE TABLE public.p (a int, b int DEFAULT 1);
CREATE TABLE public.c () INHERITS (public.p);
ALTER TABLE public.c ALTER a SET NOT NULL, ALTER b SET DEFAULT 2;
CREATE TABLE public.g () INHERITS (public.c);
ALTER TABLE public.g ALTER b DROP DEFAULT;
