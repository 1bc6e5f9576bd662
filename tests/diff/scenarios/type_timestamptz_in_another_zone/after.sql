CREATE TABLE public.t (id int PRIMARY KEY, a date, b time, c timestamptz, d timestamptz, e timestamptz, f tsrange);
