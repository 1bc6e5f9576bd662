create table public.t (id integer primary key, owner text);
alter table public.t enable row level security;
create policy p on public.t for select to authenticated using (owner is not null);
