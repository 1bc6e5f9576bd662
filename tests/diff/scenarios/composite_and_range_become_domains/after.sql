create domain public.x as text;
create domain public.r as text;
create table public.t (x public.x, r public.r, g text generated always as (x) stored);
