create table public.stamp (at timestamptz, note text default 'n', code int not null default 3);
create table public.visit (id int, constraint note_ok check (note <> '')) inherits (public.stamp);
create index visit_note on public.visit (note, code);
create view public.vv as select note, code from public.visit;
insert into public.visit values (now(), 'a', 5, 1);
