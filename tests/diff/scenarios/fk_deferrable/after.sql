create table public.a (id integer primary key);
create table public.b (id integer primary key, a_id integer constraint b_a_id_fkey references public.a (id) deferrable initially deferred);
