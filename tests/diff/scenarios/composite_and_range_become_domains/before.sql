create type public.x as (a int, b text);
create type public.r as range (subtype = int);
create table public.t (x public.x, r public.r, g text generated always as ((x).b) stored);
insert into public.t values (row(1,'q'), '[1,2)');
