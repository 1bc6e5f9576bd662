-- rename: public.old_v:public.new_v
create table public.t (id integer primary key, a text);
create view public.new_v as select id, a from public.t;
