-- rename: public.t.label:public.t.title
create table public.t (id integer primary key, title text not null);
