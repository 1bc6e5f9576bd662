create table public.base (id int primary key, a int not null, b text default 'x', check (a > 0));
create table public.kid1 (c int) inherits (public.base);
create table public.kid2 (d int) inherits (public.kid1);
