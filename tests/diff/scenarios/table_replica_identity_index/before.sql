create table public.t (id integer not null, code text not null);
create unique index t_code on public.t (code);
