create table public.t (id integer not null, code text not null);
create unique index t_code on public.t (code);
alter table public.t replica identity using index t_code;
