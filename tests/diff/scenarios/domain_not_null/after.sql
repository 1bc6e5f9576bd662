create domain public.d as integer not null;
