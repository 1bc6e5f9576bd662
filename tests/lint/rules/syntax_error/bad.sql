create table public.scenes (id bigint primary key);
select 'Zürich', from public.scenes;
-- file: 0002_more.sql
select 'never closed;
