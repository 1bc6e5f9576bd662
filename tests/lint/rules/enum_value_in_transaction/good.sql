create type public.state as enum ('draft');
alter type public.state add value 'same_file';
create table public.scenes (id bigint primary key, state public.state default 'same_file');
create table public.notes (id bigint primary key, body text);
-- file: 0002_add.sql
alter type public.state add value 'archived';
insert into public.notes values (1, 'archived');
select 'archived'::text;
create function f() returns text language plpgsql as $$ begin return 'archived'; end $$;
comment on type public.state is 'archived';
-- file: 0003_use.sql
update public.scenes set state = 'archived' where id = 1;
-- file: 0004_text.sql
alter type public.state add value 'text only';
select from public.scenes where state::text in ('text only', 'other') or 'text only' = lower(state::text)
  or case state::text when 'text only' then true end or state::text = any (array['text only']);
-- file: 0005_committed.sql
begin;
alter type public.state add value 'committed';
commit;
insert into public.scenes values (2, 'committed');
