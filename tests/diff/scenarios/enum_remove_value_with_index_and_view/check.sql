select mood = 'ok' from public.v;
