create table public.p (id int primary key, a varchar(30), b varchar(20) generated always as (a || '?') stored, c text generated always as (upper(a)) stored, constraint bu unique (b));
create index p_b on public.p (b, c);
create view public.pv as select b, c from public.p;
