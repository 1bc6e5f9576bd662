CREATE TABLE public.p (a int NOT NULL, b int);
CREATE TABLE public.c () INHERITS (public.p);
CREATE TABLE public.g () INHERITS (public.c);
