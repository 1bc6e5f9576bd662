create table public.a (x integer, y integer, primary key (x, y));
create table public.b (id integer primary key, x integer, y integer, constraint b_fk foreign key (x, y) references public.a (x, y) match full);
