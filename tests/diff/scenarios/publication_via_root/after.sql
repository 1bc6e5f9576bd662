create table public.gauge (id integer primary key);
create publication gauge_out for table public.gauge;
