-- superuser
create extension pg_trgm schema public;
create extension hstore schema extensions;
revoke execute on function public.show_limit() from public;
revoke usage on type extensions.hstore from public;
