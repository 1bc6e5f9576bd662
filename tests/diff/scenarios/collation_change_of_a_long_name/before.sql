create collation public."éééééééééééééééééééééééééééééééa" (locale = 'C');
create table public.note (body text collate public."éééééééééééééééééééééééééééééééa");
insert into public.note values ('a');
