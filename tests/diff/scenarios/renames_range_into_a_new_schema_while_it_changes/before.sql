create type public.span as range (subtype = int);
create table public.res (id int primary key, during public.span, many public.span_multirange, constraint no_overlap exclude using gist (during with &&));
create function public.over(x public.span) returns boolean language sql immutable return upper(x) > 5;
create view public.long as select id from public.res where public.over(during);
insert into public.res values (1, '[1,9)', '{[1,2)}');
