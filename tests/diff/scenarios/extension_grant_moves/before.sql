create schema tools;
create extension citext schema public;
create function public.kept(variadic a public.citext[]) returns text language sql as $$ select 'x' $$;
create function public.changed(a public.citext) returns text language sql as $$ select 'x' $$;
alter extension citext add function public.kept(public.citext[]);
alter extension citext add function public.changed(public.citext);
grant execute on function public.kept(public.citext[]) to anon;
grant execute on function public.changed(public.citext) to anon;
