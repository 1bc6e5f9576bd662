SELECT tags IS NULL AND n IS NULL FROM public.t WHERE id = 1;
SELECT tags = '{x}' AND n = '{7}' FROM public.t WHERE id = 2;
