create table public.t (id integer primary key, label text not null);
insert into public.t values (1, 'x');
