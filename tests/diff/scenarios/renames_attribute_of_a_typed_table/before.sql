create type public.w as (id int, name text);
create table public.t of public.w (primary key (id));
insert into public.t values (1,'a');
create index i on public.t (name);
