create domain public.small as integer;
create table public.t (a public.small);
insert into public.t values (-1);
alter domain public.small add constraint positive check (value > 0) not valid;
