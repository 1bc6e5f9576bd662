create table public.t (id integer primary key, body text);
alter table public.t alter column body set compression pglz;
