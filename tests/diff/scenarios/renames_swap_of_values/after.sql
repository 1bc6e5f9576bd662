-- rename: public.e.a:public.e.b
-- rename: public.e.b:public.e.a
CREATE TYPE public.e AS ENUM ('a','b');
CREATE TABLE public.t (e public.e);
