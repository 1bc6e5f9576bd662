create table public.scenes (id bigint primary key);
create table public.models (id bigint primary key);
grant select, insert on public.scenes to anon, authenticated;
grant all on all tables in schema public to public;
