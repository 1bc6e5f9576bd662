create table public.t (id integer primary key, a integer, b integer);
create statistics public.t_ab (dependencies, ndistinct) on a, b from public.t;
