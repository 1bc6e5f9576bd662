create procedure public.p(a integer) language plpgsql as $$ begin null; end $$;
