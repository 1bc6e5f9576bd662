select moods::text = '{sad,ok}' from public.t;
