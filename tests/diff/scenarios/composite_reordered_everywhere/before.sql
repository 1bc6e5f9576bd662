create type public.pair as (first text, last text);
create type public.couple as (a public.pair, b public.pair[], since date);
create domain public.couples as public.couple[];
create domain public.dpair as public.pair;
create table public.t (id int primary key, p public.pair default row('x','y'), ps public.pair[], c public.couple, cs public.couples, d public.dpair, n public.pair);
insert into public.t values (1, row('Ada','Lovelace'), array[row('Ada','L')::public.pair, null], row(row('Ada','L'), array[row('Bob','M')::public.pair], '2020-01-01'), array[row(row('Ada','L'), '{}', null)::public.couple], row('Ada', 'L'), row(null, null)), (2, null, null, null, null, null, null), (3, null, '{}', null, '{}', null, null);
