create function public.same(a integer, b integer) returns boolean language sql immutable as $$ select a = b $$;
create function public.other(a integer, b integer) returns boolean language sql immutable as $$ select a <> b $$;
create operator public.=== (leftarg = integer, rightarg = integer, function = public.same, join = eqjoinsel);
