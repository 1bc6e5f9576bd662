create table public.base (id int, note text, constraint note_ok check (note <> ''));
create table public.one (x int) inherits (public.base);
create table public.two (id int, note text, y int);
insert into public.one values (1, 'a', 2); insert into public.two values (2, 'b', 3);
