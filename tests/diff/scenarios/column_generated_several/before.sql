create table public.p (id int primary key, a text, b text generated always as (a || '!') stored, c int generated always as (length(a)) stored, constraint bu unique (b));
create index p_b on public.p (b, c);
create view public.pv as select b, c from public.p;
insert into public.p values (1, 'x');
