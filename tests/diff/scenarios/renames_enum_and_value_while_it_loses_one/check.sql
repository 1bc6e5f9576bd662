select m = 'superb' and f::text = 'ok' and (c).m = 'ok' and (c).f::text = 'superb' and ms = '{ok,superb}' from public.p
