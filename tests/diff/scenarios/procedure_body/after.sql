create procedure public.p(a integer) language plpgsql as $$ begin perform 1; end $$;
