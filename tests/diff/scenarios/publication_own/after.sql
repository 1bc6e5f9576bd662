create table public.t (id integer primary key);
create publication mine for table public.t with (publish = 'insert, update');
