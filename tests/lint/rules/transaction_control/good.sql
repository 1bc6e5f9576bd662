-- begin; commit;
create procedure public.known() language plpgsql as $$ begin perform 1; end $$;
call public.known();
create function public.one() returns int language sql begin atomic select 1; end;
do $$ begin perform 1; exception when others then null; end $$;
