select (c).amount = 1.25 and (cs[1]).amount = 2.5 from public.t;
