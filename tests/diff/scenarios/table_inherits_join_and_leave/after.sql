create table public.base (id int, note text, more int default 4, constraint note_ok check (note <> ''));
create table public.one (id int, note text, x int);
create table public.two (y int) inherits (public.base);
