create domain public.d as integer default 2;
