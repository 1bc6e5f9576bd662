select k = 'x' from public.ch
