alter table auth.users add column nickname text;
create table storage.notes (id bigint primary key);
create index on auth.users (email);
create or replace function auth.is_admin() returns boolean language sql as $$ select true $$;
drop table realtime.messages;
drop function auth.email();
do $$ begin alter table auth.users drop column phone; end $$;
