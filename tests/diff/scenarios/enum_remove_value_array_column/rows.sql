insert into public.t values (1, '{sad,ok}');
