create function public.f() returns text language plpgsql as $body$ begin return $$a'b$$ || $x$c$x$; end $body$;
