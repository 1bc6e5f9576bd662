select at::text = '[1,9)' and many::text = '{[1,2)}' from public.res
