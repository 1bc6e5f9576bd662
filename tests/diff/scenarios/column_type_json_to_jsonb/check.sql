select j = '{"a": 1}'::jsonb from public.t;
