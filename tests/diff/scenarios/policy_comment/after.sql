create table public.t (id integer primary key);
alter table public.t enable row level security;
create policy p on public.t for select using (true);
comment on policy p on public.t is 'everyone reads';
