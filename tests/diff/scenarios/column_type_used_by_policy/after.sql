create table public.t (id integer primary key, owner varchar(50));
alter table public.t enable row level security;
create policy p on public.t for select to authenticated using (owner is not null);
