create type public.span as (since timestamp, n int);
create table public.t (id int primary key, c public.span, cs public.span[]);
