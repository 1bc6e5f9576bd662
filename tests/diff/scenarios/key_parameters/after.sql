create table public.p (id int primary key, k int, unique (k) with (fillfactor=70, deduplicate_items=off) deferrable initially deferred);
create table public.c (p int references public.p);
