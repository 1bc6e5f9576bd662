create domain public.d as text check (value <> 'never');
create domain public.e as public.d not null;
create table public.t (id int, d public.d, e public.e);
create table public.u (r public.t, id int);
