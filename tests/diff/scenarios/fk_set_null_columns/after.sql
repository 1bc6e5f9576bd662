create table public.a (x integer, y integer, primary key (x, y));
create table public.b (id integer primary key, x integer not null, y integer, constraint b_fk foreign key (x, y) references public.a (x, y) on delete set null (y));
