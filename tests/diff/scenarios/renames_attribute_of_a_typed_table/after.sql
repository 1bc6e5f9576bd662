-- rename: public.w.name:public.w.title
-- rename: public.t.name:public.t.title
create type public.w as (id int, title text);
create table public.t of public.w (primary key (id));
create index i on public.t (title);
