create table public.base (id integer);
create table public.child (id integer, extra text);
