select mood = 'ok' from public.t;
