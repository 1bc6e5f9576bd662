insert into public.t overriding system value values (41);
