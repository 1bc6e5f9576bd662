select g = 'b' and not ok from public.p; select s = '{a,b}' from public.ch
