create table public.a (id text primary key, k uuid unique);
create table public.b (x text references public.a (id));
create table public.c (x text constraint c_fk references public.a (id));
