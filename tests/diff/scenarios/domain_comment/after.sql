create domain public.d as integer;
comment on domain public.d is 'a number';
