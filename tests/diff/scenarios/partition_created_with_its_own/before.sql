CREATE TABLE public.m (d date, v text NOT NULL DEFAULT 'a', n int) PARTITION BY RANGE (d);
