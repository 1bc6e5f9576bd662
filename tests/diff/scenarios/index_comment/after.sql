create table public.t (id integer primary key, a text);
create index t_a on public.t (a);
comment on index public.t_a is 'for search';
