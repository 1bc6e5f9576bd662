create collation public."éééééééééééééééééééééééééééééééa" (provider = builtin, locale = 'C.UTF-8');
create table public.note (body text collate public."éééééééééééééééééééééééééééééééa");
