select b='5' and s='open' from public.t where id=1;
