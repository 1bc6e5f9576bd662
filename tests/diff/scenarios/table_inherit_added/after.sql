create table public.base (id integer);
create table public.child (extra text) inherits (public.base);
