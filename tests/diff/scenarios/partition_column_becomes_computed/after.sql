CREATE TABLE public.m (d int, k int GENERATED ALWAYS AS (d + 1) STORED) PARTITION BY RANGE (d);
CREATE TABLE public.m_d PARTITION OF public.m DEFAULT;
CREATE TABLE public.p (d int, k int GENERATED ALWAYS AS (d + 1) STORED);
CREATE TABLE public.c () INHERITS (public.p);
