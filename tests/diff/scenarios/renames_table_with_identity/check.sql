select v = 'abc' from public.new_name;
