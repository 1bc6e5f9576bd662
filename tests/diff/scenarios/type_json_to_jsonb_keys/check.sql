SELECT a = '{"a": [2], "b": 1}' AND b = '{"x": null}' FROM public.t WHERE id = 1;
SELECT a IS NULL AND b IS NULL FROM public.t WHERE id = 2;
