-- rename: public.t.old name:public.t.new name
create table public.t (id integer primary key);
alter table public.t enable row level security;
create policy "new name" on public.t for select to authenticated using (id > 3);
