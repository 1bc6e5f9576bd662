-- +1 function, +1 event trigger
--   incompatible: supabase_admin owns public.on_ddl. from now on

CREATE FUNCTION public.on_ddl()
 RETURNS event_trigger
 LANGUAGE plpgsql
AS $function$ begin null; end $function$;

ALTER FUNCTION public.on_ddl() OWNER TO supabase_admin;

CREATE EVENT TRIGGER watch_ddl ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION public.on_ddl();
