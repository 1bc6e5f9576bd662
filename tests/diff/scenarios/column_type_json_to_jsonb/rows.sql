insert into public.t values (1, '{"a": 1}');
