create domain public.d as integer;
