create schema words;
create collation words.plain (locale = 'C');
create collation words.mixed (lc_collate = 'C', lc_ctype = 'C.UTF-8');
create collation words.built (provider = builtin, locale = 'C.UTF-8');
comment on collation words.plain is 'by bytes';
create table public.note (body text collate words.plain);
create index note_body on public.note (body collate words.mixed);
