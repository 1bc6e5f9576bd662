create type public.span as range (subtype = float8);
create domain public.ds as public.span check (not isempty(value));
create type public.box as (s public.span, m public.span_multirange);
create table public.t (id int, s public.span not null default '[1,2)', m public.span_multirange, a public.span[], d public.ds, b public.box, bs public.box[], exclude using gist (s with &&));
create index t_m on public.t using gist (m);
create view public.v as select lower(s) as l, public.span(1, 2) as c from public.t;
create table public.x (like public.t) partition by list (id);
create table public.x1 partition of public.x for values in (1);
