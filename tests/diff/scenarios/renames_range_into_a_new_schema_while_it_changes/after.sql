-- rename: public.span:tm.period
-- rename: public.res.during:at
create schema tm;
create type tm.period as range (subtype = bigint);
create table public.res (id int primary key, at tm.period not null, many tm.period_multirange, constraint no_overlap exclude using gist (at with &&));
create function public.over(x tm.period) returns boolean language sql immutable return upper(x) > 6;
create view public.long as select id, at from public.res where public.over(at);
