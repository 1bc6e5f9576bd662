create domain public.small as bigint;
create table public.t (a public.small);
alter domain public.small add constraint positive check (value > 0) not valid;
