CREATE TABLE public.t (id int PRIMARY KEY, a text[], b text[], c jsonb, d text[], e timestamptz[]);
