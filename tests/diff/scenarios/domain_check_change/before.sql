create domain public.d as integer constraint d_check check (value > 0);
