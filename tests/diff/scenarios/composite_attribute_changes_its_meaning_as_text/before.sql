create type public.span as (since timestamptz, n int);
create table public.t (id int primary key, c public.span, cs public.span[]);
insert into public.t values (1, row('2020-01-01 00:00+02', 1), array[row('2020-01-01 00:00+02', 2)::public.span]), (2, null, null);
