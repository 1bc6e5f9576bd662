-- +1 publication, ~1 owner
--   incompatible: service_role owns feed from now on
--   incompatible: service_role owns "its 'own'" from now on

DO $$ BEGIN
    IF has_database_privilege('service_role', current_database(), 'CREATE') THEN
        ALTER PUBLICATION feed OWNER TO service_role;
    ELSE
        EXECUTE format('GRANT CREATE ON DATABASE %I TO %I', current_database(), 'service_role');
        ALTER PUBLICATION feed OWNER TO service_role;
        EXECUTE format('REVOKE CREATE ON DATABASE %I FROM %I', current_database(), 'service_role');
    END IF;
END $$;

CREATE PUBLICATION "its 'own'" WITH (publish = 'insert, update, delete, truncate');

DO $$ BEGIN
    IF has_database_privilege('service_role', current_database(), 'CREATE') THEN
        ALTER PUBLICATION "its 'own'" OWNER TO service_role;
    ELSE
        EXECUTE format('GRANT CREATE ON DATABASE %I TO %I', current_database(), 'service_role');
        ALTER PUBLICATION "its 'own'" OWNER TO service_role;
        EXECUTE format('REVOKE CREATE ON DATABASE %I FROM %I', current_database(), 'service_role');
    END IF;
END $$;
