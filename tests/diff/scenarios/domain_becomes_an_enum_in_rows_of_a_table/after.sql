create type public.x as enum ('a', 'b');
create table public.u (x public.x);
create table public.t (x public.x unique, y public.u);
