select v = 1 from public.reading_jan; select v = 2 and unit = 'm' from public.reading
