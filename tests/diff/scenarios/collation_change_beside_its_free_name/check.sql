select count(*) = 1 from public.note where body = 'a';
