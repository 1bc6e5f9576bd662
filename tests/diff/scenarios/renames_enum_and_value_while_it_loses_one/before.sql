create type public.mood as enum ('sad','ok','great');
create domain public.feeling as public.mood check (value <> 'sad');
create type public.pair as (m public.mood, f public.feeling);
create table public.p (id int primary key, m public.mood default 'ok', f public.feeling, c public.pair, ms public.mood[]);
create view public.v as select m from public.p where m = 'great';
insert into public.p values (1, 'great', 'ok', row('ok','great'), '{ok,great}');
