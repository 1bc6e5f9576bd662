create table public.a (id bigint primary key);
create table public.b (id integer primary key, a_id bigint references public.a (id));
