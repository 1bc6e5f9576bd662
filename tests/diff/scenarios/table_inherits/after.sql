create table public.base (id integer primary key, note text);
create table public.child (extra text) inherits (public.base);
