CREATE TYPE public.mood AS ENUM ('calm');
CREATE TABLE public.t (id int PRIMARY KEY, a jsonb, b jsonb, c jsonb, d json, e jsonb, f jsonb, g jsonb);
