create extension citext schema public;
create function public.of_citext() returns text language sql as $$ select 'x' $$;
create function public.also_of_citext(variadic a public.citext[]) returns text language sql as $$ select 'x' $$;
create table public.settings_of_citext (id int, value text);
alter extension citext add function public.of_citext();
alter extension citext add function public.also_of_citext(public.citext[]);
alter extension citext add table public.settings_of_citext;
revoke execute on function public.of_citext() from public;
