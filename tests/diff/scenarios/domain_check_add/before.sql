create domain public.d as integer constraint d_low check (value > 0);
