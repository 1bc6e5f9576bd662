-- rename: index:public.old_name:public.new_name
create table public.t (id integer primary key, a text);
create index new_name on public.t (a);
