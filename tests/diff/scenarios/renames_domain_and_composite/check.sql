select d='q' and (c).x=1 from public.t;
