create domain public.x as text;
create table public.u (x public.x);
create table public.t (x public.x unique, y public.u); insert into public.t values ('a', row('b'));
