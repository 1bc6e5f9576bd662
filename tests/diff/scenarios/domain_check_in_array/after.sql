create domain public.pos as int constraint pos_check check (value > 0);
create domain public.big as public.pos;
create table public.t (id int primary key, p public.pos, a public.pos[], b public.big[] default '{1}');
