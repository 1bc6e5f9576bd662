create function public.same(a integer, b integer) returns boolean language sql immutable as $$ select a = b $$;
create function public.other(a integer, b integer) returns boolean language sql immutable as $$ select a <> b $$;
create operator public.=== (leftarg = integer, rightarg = integer, function = public.other);
create table public.parcel (id integer, constraint one check (id operator(public.===) 2));
create index parcel_other on public.parcel ((id operator(public.===) 2));
create view public.ones as select id from public.parcel where id operator(public.===) 1;
