CREATE TABLE public.m (d int, k int) PARTITION BY RANGE (d);
CREATE TABLE public.m_d PARTITION OF public.m DEFAULT;
CREATE TABLE public.p (d int, k int);
CREATE TABLE public.c () INHERITS (public.p);
