create domain public.pos as int;
create domain public.big as public.pos;
create table public.t (id int primary key, p public.pos, a public.pos[], b public.big[] default '{1}');
insert into public.t values (1, 1, '{2}', '{3}');
