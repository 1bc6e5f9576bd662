create table public.t (id integer primary key, a text, upper_a text generated always as (upper(a)) stored);
