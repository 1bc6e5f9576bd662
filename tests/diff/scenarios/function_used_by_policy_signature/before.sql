create function public.is_ok(a integer) returns boolean language sql stable as $$ select true $$;
create table public.t (id integer primary key);
alter table public.t enable row level security;
create policy p on public.t for select using (public.is_ok(id));
