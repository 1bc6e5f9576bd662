create domain public.amount as integer constraint positive check (value > 0);
create domain public.size as integer;
alter domain public.size add constraint small check (value < 5) not valid;
create table public.crate (size public.size);
