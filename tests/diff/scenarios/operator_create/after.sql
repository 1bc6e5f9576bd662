create function public.same(a integer, b integer) returns boolean language sql immutable as $$ select a = b $$;
create function public.other(a integer, b integer) returns boolean language sql immutable as $$ select a <> b $$;
create operator public.=== (leftarg = integer, rightarg = integer, function = public.same, commutator = operator(public.===), negator = operator(public.!==), restrict = eqsel, join = eqjoinsel, hashes, merges);
create operator public.!== (leftarg = integer, rightarg = integer, function = public.other, commutator = operator(public.!==), negator = operator(public.===));
create operator public.## (rightarg = integer, function = pg_catalog.int4abs);
comment on operator public.=== (integer, integer) is 'the same';
