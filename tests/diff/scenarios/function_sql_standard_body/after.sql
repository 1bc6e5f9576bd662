create function public.add(a integer, b integer) returns integer language sql immutable begin atomic select a + b; end;
