-- rename: public.orgs:public.teams
-- rename: public.status:public.state
-- rename: public.teams.name:public.teams.title
-- rename: public.state.live:public.state.active
create type public.state as enum ('draft','active');
create table public.teams(id uuid primary key default gen_random_uuid(), title text not null unique, status public.state default 'draft');
create index ix_teams_title on public.teams(title);
create view public.w as select id, title as name from public.teams;
create policy p2 on public.teams using (title='x');
