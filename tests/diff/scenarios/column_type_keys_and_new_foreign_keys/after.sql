create table public.a (id uuid primary key, k uuid unique);
create table public.b (x uuid references public.a (id) on delete cascade);
create table public.c (x uuid constraint c_fk references public.a (id));
create table public.d (x uuid constraint d_fk references public.a (id));
