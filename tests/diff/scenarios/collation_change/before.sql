create collation public.plain (locale = 'C');
create table public.note (body text collate public.plain, more text collate public.plain not null default 'x');
create index note_body on public.note (body);
create view public.notes as select body from public.note;
insert into public.note values ('a');
