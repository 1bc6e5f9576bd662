create table public.scenes (id bigint primary key);
create table public.models (
  id bigint primary key references public.scenes (id),
  scene_id bigint references public.scenes (id),
  other_id bigint unique references public.scenes (id),
  gone_id bigint references public.scenes (id),
  free_id bigint,
  renamed_id bigint,
  constraint late foreign key (free_id) references public.scenes (id),
  foreign key (renamed_id) references public.scenes (id)
);
-- file: 0002_repair.sql
create index concurrently on public.models using btree (scene_id desc, id);
alter table public.models drop column gone_id, drop constraint late;
alter table public.models rename column renamed_id to new_id;
create index on public.models (new_id) where new_id is not null;
