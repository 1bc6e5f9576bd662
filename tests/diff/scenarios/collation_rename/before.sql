create collation public.plain (locale = 'C');
create table public.note (body text collate public.plain);
