select x = 'q' from app.t; select t_id = 1 from public.u
