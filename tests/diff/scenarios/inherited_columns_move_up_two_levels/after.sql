-- default: public.a.y=0
create table public.a (x int, y bigint not null, z text);
create table public.c () inherits (public.a);
create table public.d () inherits (public.c);
