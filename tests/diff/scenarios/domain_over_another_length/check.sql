select a = 'abc' and b = '{abc,de}' and c = '{f}' from public.t where id = 1;
