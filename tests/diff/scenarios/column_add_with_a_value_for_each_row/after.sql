-- default: public.t.slug=lower(title)
-- default: public.t.token=gen_random_uuid()
CREATE TABLE public.t (id int PRIMARY KEY, title text, slug text NOT NULL, token uuid NOT NULL);
