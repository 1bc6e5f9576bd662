CREATE TABLE public.t (id int PRIMARY KEY, a varchar(9), b text, c timestamptz, d numeric(9,2), e timestamp, f inet, g varbit, h varchar[]);
