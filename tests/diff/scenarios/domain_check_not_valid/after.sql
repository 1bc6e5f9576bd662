create domain public.amount as integer;
alter domain public.amount add constraint positive check (value > 0) not valid;
create domain public.size as integer constraint small check (value < 5);
create domain public.note as text constraint plain check (value <> ' NOT VALID');
alter domain public.note add constraint short check (length(value) < 9) not valid;
create table public.crate (size public.size);
