create table public.member (team int, person uuid);
create table public.team (id int primary key, owner uuid);
alter table public.team enable row level security;
create policy seen on public.team for select using (
    exists (select 1 from public.member m where m.team = team.id and m.person = auth.uid())
    or (owner = auth.uid() or exists (select 1 from public.member m where m.team = team.id and (m.person = auth.uid() or m.person is null)))
    or id = 1
);
