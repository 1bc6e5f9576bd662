-- default: public.t."a NOT NULL b"='x NOT NULL'
-- default: public.t.c=' NOT NULL '
CREATE TABLE public.t (id int, "a NOT NULL b" text NOT NULL, c text NOT NULL);
