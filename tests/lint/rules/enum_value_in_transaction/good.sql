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
