create domain public.d as text;
create domain public.e as public.d;
create table public.t (id int, d public.d, e public.e);
create table public.u (r public.t, id int);
insert into public.t values (1, 'a', 'b'); insert into public.u values (row(1,'c','d'), 1);
