create collation public.bytes (locale = 'C');
create table public.note (body text collate public.bytes);
