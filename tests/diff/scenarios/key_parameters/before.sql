create table public.p (id int primary key with (fillfactor = 50), k int unique deferrable initially deferred);
create table public.c (p int references public.p);
