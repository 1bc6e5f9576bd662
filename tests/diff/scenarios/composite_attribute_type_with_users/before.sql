create type public.res as (a int, b text);
create function public.f() returns public.res language sql begin atomic select 1, 'x'; end;
create view public.v as select (public.f()).a as a;
create function public.g(r public.res) returns int language sql immutable return (r).a;
