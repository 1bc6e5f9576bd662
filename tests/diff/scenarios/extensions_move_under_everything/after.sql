create extension citext schema extensions; create extension hstore schema extensions; create extension pg_trgm schema extensions; create extension btree_gist schema extensions;
create domain public.mail as extensions.citext check (value ~ '@');
create type public.ct as (a extensions.citext, h extensions.hstore[]);
create table public.t (id int, a extensions.citext primary key, b extensions.citext[] default '{}', h extensions.hstore default ''::extensions.hstore, c public.ct, m public.mail, g text generated always as (extensions.similarity(a::text, 'b')::text) stored, exclude using gist (id with =));
create index on public.t using gin (g extensions.gin_trgm_ops); create index on public.t using gin (h);
create table public.u (a extensions.citext references public.t (a));
create view public.v as select a || 'x'::extensions.citext as x, h operator(extensions.->) 'k' as k from public.t;
create policy p on public.t using (a operator(extensions.=) 'q');
create function public.s(a extensions.citext, h extensions.hstore default '') returns setof extensions.citext language sql as 'select a';
