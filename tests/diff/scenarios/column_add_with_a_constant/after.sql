-- default: public.t.state='new'
-- default: public.t.at=now()
-- default: public.t.tags=ARRAY['a']::text[]
CREATE TABLE public.t (id int PRIMARY KEY, state text NOT NULL, at timestamptz NOT NULL, tags text[] NOT NULL);
