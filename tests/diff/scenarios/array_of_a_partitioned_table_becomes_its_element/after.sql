create table public.p (k int, a int, t text) partition by list (k);
create table public.p1 partition of public.p for values in (1);
