select (old).m = 'a' and (olds[1]).id = 1 and ((w).old).n = 'x' from public.log
