select b from public.t;
