create table public.p (id int, a int) partition by range (id);
create table public.p1 (id int, a int);
create index p_a on public.p (a) with (fillfactor = 50);
create index ix_mine on public.p1 (a) with (fillfactor = 60);
comment on index public.ix_mine is 'x';
