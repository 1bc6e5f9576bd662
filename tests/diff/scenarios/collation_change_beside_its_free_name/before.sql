create collation public.plain__old (locale = 'C');
create collation public.plain (locale = 'C');
create table public.note (body text collate public.plain);
insert into public.note values ('a');
