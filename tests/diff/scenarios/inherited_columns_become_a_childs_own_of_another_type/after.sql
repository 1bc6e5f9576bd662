create table public.stamp (at timestamptz);
create table public.visit (id int, constraint note_ok check (note <> ''), note text default 'm', code bigint) inherits (public.stamp);
create index visit_note on public.visit (note, code);
create view public.vv as select note, code from public.visit;
