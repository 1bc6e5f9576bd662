create domain public.amount as integer;
alter domain public.amount add constraint positive check (value > 0) not valid;
