create table public.t (id integer primary key);
create view public.v as select id from public.t;
comment on view public.v is 'all ids'; comment on column public.v.id is 'the id';
