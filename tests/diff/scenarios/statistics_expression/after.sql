create table public.t (id integer primary key, a integer);
create statistics public.t_e on (a % 10), (a / 10) from public.t;
