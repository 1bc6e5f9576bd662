SELECT a = '{x}' AND b = '{5}' AND c = '["q", null]' FROM public.t;
SELECT d = '{00000000-0000-0000-0000-000000000001}' AND e = '{2026-01-01 00:00+00}' FROM public.t;
