create type public.pair as (last text, mid int, first varchar(20));
create type public.couple as (a public.pair, b public.pair[], since date);
create domain public.couples as public.couple[];
create domain public.dpair as public.pair;
create table public.t (id int primary key, p public.pair default row('y', null, 'x'), ps public.pair[], c public.couple, cs public.couples, d public.dpair, n public.pair);
