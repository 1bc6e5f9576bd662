select name = 'Ada' and city = 'London' from public.client;
