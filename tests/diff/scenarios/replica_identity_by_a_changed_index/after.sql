create table public.t (id int, a text, b text, c int[]);
create unique index u on public.t (a, b) include (id, c) nulls not distinct;
create index g on public.t using gin (c) with (fastupdate = off);
alter table public.t alter a set not null, alter b set not null;
alter table public.t replica identity using index u;
