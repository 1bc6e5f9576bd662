select z=1 and g=3 from public.t;
