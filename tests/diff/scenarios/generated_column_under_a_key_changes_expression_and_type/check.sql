select s = 5 from public.g; select s = 5 from public.h
