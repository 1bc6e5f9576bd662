CREATE TABLE public.z (id integer PRIMARY KEY);
CREATE PUBLICATION feed FOR TABLE public.z;
CREATE PUBLICATION "its 'own'";
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO service_role', current_database());
    ALTER PUBLICATION feed OWNER TO service_role;
    ALTER PUBLICATION "its 'own'" OWNER TO service_role;
    EXECUTE format('REVOKE CREATE ON DATABASE %I FROM service_role', current_database());
END $$;
