-- rename: function:public.old_f(integer):public.new_f(integer)
create function public.new_f(a integer) returns integer language sql as $$ select a * 17 $$;
