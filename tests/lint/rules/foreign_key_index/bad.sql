create table public.scenes (id bigint primary key, tenant bigint, unique (tenant, id));
create table public.models (
  id bigint primary key,
  scene_id bigint references public.scenes (id),
  tenant bigint,
  foreign key (tenant, scene_id) references public.scenes (tenant, id)
);
create index on public.models (id, scene_id);
create index on public.models (tenant);
-- file: 0002_drop.sql
create table public.notes (id bigint primary key);
alter table public.notes add column scene_id bigint references public.scenes (id);
create index notes_scene on public.notes (scene_id);
drop index notes_scene;
