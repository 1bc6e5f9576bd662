-- rename: public.t:public.u
-- rename: public.u.id:public.u.key
CREATE TABLE public.u (key bigserial primary key, n text NOT NULL);
