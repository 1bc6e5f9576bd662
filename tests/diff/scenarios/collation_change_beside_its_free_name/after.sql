create collation public.plain__old (locale = 'C');
create collation public.plain (provider = builtin, locale = 'C.UTF-8');
create table public.note (body text collate public.plain);
