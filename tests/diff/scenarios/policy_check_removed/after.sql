create table public.t (id integer primary key, ok boolean);
alter table public.t enable row level security;
create policy p on public.t for update to authenticated using (ok);
