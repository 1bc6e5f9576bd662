-- superuser
create extension pg_trgm schema public;
create schema tools;
create extension pg_prewarm schema tools;
revoke execute on function public.similarity(text, text) from public;
grant execute on function public.similarity(text, text) to authenticated;
grant execute on function tools.autoprewarm_dump_now() to service_role;
