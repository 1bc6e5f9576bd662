select count(*) = 2 and bool_or(mood = 'sad') from public.t;
