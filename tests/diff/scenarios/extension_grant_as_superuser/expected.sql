-- +1 schema, +1 extension, +1 grant, −1 extension, −1 grant
--   data loss: extension hstore is dropped with everything it holds
--   grant widened: PUBLIC can do more with public.show_limit()
--   incompatible: PUBLIC can do less with public.similarity(text,text)
--   grant widened: authenticated can do more with public.similarity(text,text)

DROP EXTENSION hstore;

GRANT EXECUTE ON FUNCTION public.show_limit() TO PUBLIC;

REVOKE EXECUTE ON FUNCTION public.similarity(text,text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION public.similarity(text,text) TO authenticated;

CREATE SCHEMA tools;

CREATE EXTENSION IF NOT EXISTS pg_prewarm WITH SCHEMA tools;

GRANT EXECUTE ON FUNCTION tools.autoprewarm_dump_now() TO service_role;
