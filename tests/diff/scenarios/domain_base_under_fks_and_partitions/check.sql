select count(*) = 1 from public.org join public.doc on org = id
