create table public.item (id int primary key, label text);
create materialized view public.m as select id from public.item;
create unique index m_id on public.m (id);
create view public.w as select id from public.m;
create function public.f(i public.item) returns text language sql stable as $$ select i.label $$;
create function public.g() returns setof public.item language sql stable begin atomic select * from public.item; end;
create table public.other (id int primary key);
alter table public.other enable row level security;
create policy p on public.other using (exists (select from public.item i where i.id = other.id));
