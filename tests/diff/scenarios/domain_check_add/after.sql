create domain public.d as integer constraint d_low check (value > 0) constraint d_high check (value < 100);
