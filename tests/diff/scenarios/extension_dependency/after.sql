create extension citext schema extensions;
create table public.t (id int, name text);
create function public.touch() returns trigger language plpgsql as 'begin return new; end';
create trigger touch before insert on public.t for each row execute function public.touch();
create index t_name on public.t (name);
create materialized view public.seen as select id from public.t where id > 1;
alter trigger touch on public.t depends on extension citext;
alter function public.touch() depends on extension citext;
alter materialized view public.seen depends on extension citext;
