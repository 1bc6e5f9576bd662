select mood = 'sad' from public.t;
