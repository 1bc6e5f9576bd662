create type public.state as enum ('draft');
create table public.scenes (id bigint primary key, state public.state);
-- file: 0002_use.sql
alter type public.state add value if not exists 'archived' after 'draft';
alter table public.scenes alter column state set default 'archived'::public.state;
-- file: 0003_use.sql
alter type state add value 'hidden';
insert into scenes (id, state) values (1, 'hidden');
